class Payment
  def charge(order)
    return if order.paid?

    amount = order.total
    currency = "EUR"
    reference = order.number
    gateway.charge(amount, currency, reference)
  end
end
