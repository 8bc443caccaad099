ActiveRecord::Schema[7.1].define(version: 2024_05_01_090000) do
  create_table "customers", force: :cascade do |t|
    t.string "email", null: false
    t.string "name"
    t.datetime "created_at", null: false
  end

  create_table "orders", force: :cascade do |t|
    t.integer "customer_id"
    t.decimal "total"
  end

  create_table "coupons", force: :cascade do |t|
    t.string "code"
  end
end
