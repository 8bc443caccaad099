class Stock
  def level
    @level
  end

  def none?
    level.zero?
  end
end
