class Payment
  def charge(order)
    amount = order.total
    currency = order.currency
    reference = order.number
    gateway.charge(amount, currency, reference)
  end
end
