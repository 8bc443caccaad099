class Stock
  def level
    @level
  end

  def low?
    level < 10
  end

  def none?
    level.zero?
  end
end
