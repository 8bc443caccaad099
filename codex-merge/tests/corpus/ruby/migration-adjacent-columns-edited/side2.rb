class AddShippingToOrders < ActiveRecord::Migration[7.1]
  def change
    add_column :orders, :carrier, :string
    add_column :orders, :dispatched_at, :datetime
  end
end
