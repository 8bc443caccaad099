class Checkout
  TIMEOUT = 30

  attr_reader :order

  def initialize(order)
    @order = order
  end

  def finish(notify: true)
    total = order.lines.sum(&:amount)
    discount = discount_for(order)

    payment = gateway.charge(total - discount, timeout: TIMEOUT)
    order.mark_paid!(payment)

    Receipt.send_to(order.email, order.locale) if notify
    payment
  end

  def discount_for(order)
    order.coupon ? order.coupon.value : 0
  end
end
