class Payment
  def charge(order)
    amount = order.total.round(2)
    currency = order.currency
    reference = "R-#{order.number}"
    gateway.charge(amount, currency, reference)
  end
end
