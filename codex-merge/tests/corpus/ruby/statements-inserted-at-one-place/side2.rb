class Payment
  def charge(order)
    amount = order.total
    currency = "EUR"
    reference = order.number
    order.lock!
    gateway.charge(amount, currency, reference)
  end
end
