class Payment
  def charge(order)
    amount = order.total_due
    currency = "EUR"
    reference = order.number
    order.lock!
    gateway.charge(amount, currency, reference)
  end
end
