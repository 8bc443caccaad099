class Payment
  def charge(order)
    amount = order.total
    currency = "EUR"
    reference = order.number
    gateway.charge(amount, currency, reference)
  end
end
