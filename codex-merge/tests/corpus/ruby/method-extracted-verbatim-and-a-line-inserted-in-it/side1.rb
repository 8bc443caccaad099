class Checkout
  TIMEOUT = 30

  attr_reader :order

  def initialize(order)
    @order = order
  end

  def finish(notify: true)
    total = order.lines.sum(&:amount)
    discount = compute_discount(order)

    payment = settle(total - discount)

    Receipt.send_to(order.email) if notify
    payment
  end

  def compute_discount(order)
    order.coupon ? order.coupon.value : 0
  end

  def settle(amount)
    payment = gateway.charge(amount, timeout: TIMEOUT)
    order.mark_paid!(payment)
    payment
  end
end
