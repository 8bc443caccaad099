class AddShippingToOrders < ActiveRecord::Migration[7.1]
  def change
    add_column :orders, :carrier, :string, null: false, default: "dhl"
    add_column :orders, :dispatched_at, :datetime
  end
end
