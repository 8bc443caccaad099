class CreateOrders < ActiveRecord::Migration[7.1]
  def change
    create_table :orders do |t|
      t.references :customer, null: false, foreign_key: true
      t.string :number, null: false, index: { unique: true }
      t.string :status, null: false, default: "draft"
      t.string :currency, null: false, default: "eur"
      t.integer :shipping_cents, null: false, default: 0
      t.datetime :placed_at
      t.datetime :cancelled_at
      t.timestamps
    end

    create_table :line_items do |t|
      t.references :order, null: false, foreign_key: true
      t.references :product, null: false, foreign_key: true
      t.integer :quantity, null: false
      t.integer :unit_price_cents, null: false
      t.timestamps
    end
  end
end
