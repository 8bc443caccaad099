class RetailPrice
  def net
    cost * 1.4
  end

  def rounded
    net.ceil(1)
  end
end
