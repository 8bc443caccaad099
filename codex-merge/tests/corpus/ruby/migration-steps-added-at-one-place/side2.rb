class AddShippingToOrders < ActiveRecord::Migration[7.1]
  def change
    add_column :orders, :carrier, :string
    add_column :orders, :shipped_at, :datetime
    rename_column :orders, :carrier, :shipper
  end
end
