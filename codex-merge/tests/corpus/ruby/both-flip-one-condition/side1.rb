class Shipping
  def rate(order)
    if order.express?
      12.0
    elsif order.weight > 20
      9.0
    else
      4.5
    end
  end

  def free?(order)
    unless order.total < 50
      true
    else
      false
    end
  end
end
