class Shipping
  def rate(order)
    if order.express?
      12.0
    elsif order.weight > 20
      order.weight * 0.5
    else
      4.5
    end
  end

  def free?(order)
    if order.total < 50
      false
    else
      true
    end
  end
end
