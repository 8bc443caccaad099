class OrderSerializer
  def initialize(order)
    @order = order
  end

  def as_json(*)
    {
      id: @order.id,
      number: @order.number,
      status: @order.status,
      currency: @order.currency,
      shipping_cents: @order.shipping_cents,
      total_cents: @order.total_cents,
      placed_at: @order.placed_at&.iso8601,
      line_items: @order.line_items.map { |item| line_item(item) }
    }
  end

  private

  def line_item(item)
    {
      id: item.id,
      product_name: item.product.name,
      quantity: item.quantity,
      unit_price_cents: item.unit_price_cents,
      total_cents: item.total_cents
    }
  end
end
