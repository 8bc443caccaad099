class Cart
  def initialize(items = [])
    @items = items
  end

  def total
    @items.sum(&:price)
  end

  def clear
    @items.clear
  end

  def size
    @items.size
  end
end
