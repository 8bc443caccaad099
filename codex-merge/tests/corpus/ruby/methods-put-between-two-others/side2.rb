class Cart
  def initialize(items = [])
    @items = items
  end

  def remove(item)
    @items.delete(item)
  end

  def total
    @items.sum(&:price)
  end
end
