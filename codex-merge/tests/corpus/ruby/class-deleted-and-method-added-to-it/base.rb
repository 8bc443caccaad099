module Promotions
  class Coupon
    def value
      5
    end
  end

  class Voucher
    def value
      balance
    end
  end
end
