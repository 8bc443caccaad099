class RetailPrice
  def net
    cost * 1.4
  end

  def rounded
    net.round(2)
  end
end
