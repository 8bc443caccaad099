class Payment
  def charge(order)
    amount = order.total_cents
    currency = "EUR"
    reference = order.number
    gateway.charge(amount, currency, reference)
  end
end
