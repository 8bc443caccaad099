class Quote
  def total
    goods +
      shipping +
      insurance
  end

  def valid?
    items.any? && customer
  end
end
