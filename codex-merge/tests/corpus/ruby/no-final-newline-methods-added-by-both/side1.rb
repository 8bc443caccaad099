class Stock
  def level
    @level
  end

  def low?
    level < 10
  end
end