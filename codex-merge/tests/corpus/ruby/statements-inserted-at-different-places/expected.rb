class Payment
  def charge(order)
    return if order.paid?

    amount = order.total
    currency = "EUR"
    reference = order.number
    audit(order, amount)
    gateway.charge(amount, currency, reference)
  end
end
