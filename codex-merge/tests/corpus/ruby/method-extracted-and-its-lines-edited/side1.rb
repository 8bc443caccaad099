class Checkout
  TIMEOUT = 30

  attr_reader :order

  def initialize(order)
    @order = order
  end

  def finish(notify: true)
    payment = gateway.charge(amount_due, timeout: TIMEOUT)
    order.mark_paid!(payment)

    Receipt.send_to(order.email) if notify
    payment
  end

  def compute_discount(order)
    order.coupon ? order.coupon.value : 0
  end

  def amount_due
    order.lines.sum(&:amount) - compute_discount(order)
  end
end
