class Cart
  def self.empty
    new([])
  end

  def initialize(items = [])
    @items = items
  end

  def total
    @items.sum(&:price)
  end
end
