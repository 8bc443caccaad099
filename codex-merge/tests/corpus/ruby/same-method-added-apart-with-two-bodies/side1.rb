class Cart
  def initialize(items = [])
    @items = items
  end

  def count
    @items.size
  end

  def total
    @items.sum(&:price)
  end
end
