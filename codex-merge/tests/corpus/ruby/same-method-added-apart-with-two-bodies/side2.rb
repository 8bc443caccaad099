class Cart
  def initialize(items = [])
    @items = items
  end

  def total
    @items.sum(&:price)
  end

  def count
    @items.sum(&:quantity)
  end
end
