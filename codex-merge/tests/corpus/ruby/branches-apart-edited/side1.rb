class Shipping
  def rate(order)
    if order.express?
      14.0
    elsif order.weight > 20
      9.0
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
