module Api
  module V1
    class OrdersController < BaseController
      rescue_from OrderService::Error do |error|
        render_error(:conflict, error.class.name.demodulize.underscore, error.message)
      end

      rescue_from InventoryService::OutOfStock do |error|
        render_error(:conflict, "out_of_stock", error.message)
      end

      def index
        orders = current_customer.orders.newest_first.includes(line_items: :product)
        render json: orders.map { |order| OrderSerializer.new(order) }
      end

      def show
        render json: OrderSerializer.new(find_order)
      end

      def create
        order = Order.transaction do
          draft = current_customer.orders.create!
          line_item_params.each { |item| add_item(draft, item) }
          OrderService.new(draft).place
        end
        render json: OrderSerializer.new(order), status: :created
      end

      def cancel
        render json: OrderSerializer.new(OrderService.new(find_order).cancel)
      end

      private

      def find_order
        current_customer.orders.find(params[:id])
      end

      def add_item(order, item)
        product = Product.find(item[:product_id])
        order.line_items.create!(product: product, quantity: item[:quantity], unit_price_cents: product.price_cents)
      end

      def line_item_params
        params.require(:line_items).map { |item| item.permit(:product_id, :quantity) }
      end
    end
  end
end
