class Invoice
  def number
    format("%d-%05d", year, sequence)
  end

  def net
    lines.reject(&:void?).sum(&:amount)
  end

  def gross
    net * (1 + vat)
  end

  def paid?
    paid_at.present?
  end
end
