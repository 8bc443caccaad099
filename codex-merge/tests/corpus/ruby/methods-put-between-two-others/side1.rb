class Cart
  def initialize(items = [])
    @items = items
  end

  def add(item)
    @items << item
    self
  end

  def total
    @items.sum(&:price)
  end
end
