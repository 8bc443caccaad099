class Payment
  def charge(order)
    amount = order.total.round(2)
    currency = "EUR"
    reference = order.number
    gateway.charge(amount, currency, reference)
  end
end
