require "rails_helper"

RSpec.describe Order do
  let(:customer) { Customer.create!(name: "Test Customer", email: "customer@example.com") }
  let(:product) { Product.create!(sku: "MUG-01", name: "Mug", price_cents: 900, stock: 5) }
  let(:order) { customer.orders.create!(shipping_cents: 490) }

  before { order.line_items.create!(product: product, quantity: 2, unit_price_cents: 900) }

  it "adds shipping to the line items" do
    expect(order.subtotal_cents).to eq(1800)
    expect(order.total_cents).to eq(2290)
  end

  it "gets a number of its own" do
    expect(order.number).to match(/\ASO-\h{8}\z/)
  end

  it "can be cancelled until it ships" do
    expect(order).to be_cancellable

    order.update!(status: "shipped")
    expect(order).not_to be_cancellable
  end
end
