class OrdersController < ApplicationController
  before_action :authenticate
  before_action :load_order, only: %i[show update cancel]

  def show
    render json: @order
  end

  def update
    @order.update!(order_params)
    head :no_content
  end

  private

  def load_order
    @order = current_user.orders.find(params[:id])
  end

  def order_params
    params.require(:order).permit(:email, :note)
  end
end
