class Invoice
  def number
    "#{year}-#{sequence}"
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
