class Invoice
  def number
    "#{year}-#{sequence}"
  end

  def net
    lines.sum(&:amount)
  end

  def currency
    "EUR"
  end

  def paid?
    paid_at.present?
  end
end
