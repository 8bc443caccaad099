class Cart
  attr_reader :count

  def initialize(items = [])
    @items = items
  end

  def total
    @items.sum(&:price)
  end
end
