class Quote
  def total
    goods +
      shipping +
      insurance +
      packaging
  end

  def valid?
    items.any? && customer
  end
end
