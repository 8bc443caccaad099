class Quote
  def total
    goods +
      shipping +
      insurance -
      discount
  end

  def valid?
    items.any? && customer
  end
end
