# Moves an order through its life: placed, shipped, cancelled.
class OrderService
  class Error < StandardError; end
  class EmptyOrder < Error; end
  class NotCancellable < Error; end
  class NotShippable < Error; end

  def initialize(order, inventory: InventoryService.new)
    @order = order
    @inventory = inventory
  end

  def place
    raise EmptyOrder, "order #{@order.number} has no line items" if @order.line_items.empty?

    @order.transaction do
      @order.line_items.each { |item| @inventory.reserve(item.product, item.quantity) }
      @order.update!(status: "placed", placed_at: Time.current)
    end

    @order
  end

  def cancel
    raise NotCancellable, "order #{@order.number} is #{@order.status}" unless @order.cancellable?

    @order.transaction do
      @order.line_items.each { |item| @inventory.release(item.product, item.quantity) } if @order.placed_at?
      @order.update!(status: "cancelled", cancelled_at: Time.current)
    end

    @order
  end

  def ship
    raise NotShippable, "order #{@order.number} is #{@order.status}" unless @order.status == "placed"

    @order.update!(status: "shipped")
    @order
  end
end
