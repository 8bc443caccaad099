class OrdersController < ApplicationController
  before_action :authenticate
  before_action :load_order, only: %i[show update]

  def show
    render json: @order
  end

  def update
    @order.update!(order_params)
    head :no_content
  end

  private

  def load_order
    @order = Order.find(params[:id])
  end

  def order_params
    params.require(:order).permit(:email, :note)
  end
end
