RSpec.describe Cart do
  subject(:cart) { described_class.new }

  let(:item) { build(:item, price: 5) }

  describe "#total" do
    it "is zero without items" do
      expect(cart.total).to eq(0)
    end

    context "with a coupon" do
      before { cart.apply(coupon) }

      it "is reduced" do
        expect(cart.total).to eq(4)
      end
    end
  end
end
