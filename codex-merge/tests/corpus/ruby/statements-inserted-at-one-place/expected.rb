class Payment
  def charge(order)
    amount = order.total
    currency = "EUR"
    reference = order.number
    fraud_check.run(order)
    order.lock!
    gateway.charge(amount, currency, reference)
  end
end
