class Payment
  def charge(order)
    amount = order.total
    currency = "EUR"
    reference = order.number
    audit(order, amount)
    gateway.charge(amount, currency, reference)
  end
end
