class Invoice
  def number
    format("%d-%05d", year, sequence)
  end

  def net
    lines.sum(&:amount)
  end

  def gross
    net * 1.2
  end

  def paid?
    paid_at.present?
  end
end
