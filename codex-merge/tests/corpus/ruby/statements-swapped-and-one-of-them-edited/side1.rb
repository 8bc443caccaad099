class Payment
  def charge(order)
    amount = order.total
    reference = order.number
    currency = "EUR"
    gateway.charge(amount, currency, reference)
  end
end
