class Invoice
  def number
    "#{year}-#{sequence}"
  end

  def paid?
    paid_at.present?
  end
end
