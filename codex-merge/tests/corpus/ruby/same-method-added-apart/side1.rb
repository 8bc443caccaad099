class Cart
  def initialize(items = [])
    @items = items
  end

  def empty?
    @items.empty?
  end

  def total
    @items.sum(&:price)
  end
end
