class Payment
  def charge(order)
    amount = order.total
    currency = "EUR"
    reference = order.token
    gateway.charge(amount, currency, reference)
  end
end
