class Stock
  def level
    @level
  end
end