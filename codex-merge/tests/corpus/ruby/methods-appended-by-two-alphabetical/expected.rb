class Cart
  def initialize(items = [])
    @items = items
  end

  def total
    @items.sum(&:price)
  end

  def add(item)
    @items << item
    self
  end

  def empty?
    @items.empty?
  end
end
