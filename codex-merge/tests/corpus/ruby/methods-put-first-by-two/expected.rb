class Cart
  def self.empty
    new([])
  end

  def self.for(user)
    new(user.saved_items)
  end

  def initialize(items = [])
    @items = items
  end

  def total
    @items.sum(&:price)
  end
end
