module Promotions
  class Coupon
    def value
      5
    end

    def expired?
      ends_on.past?
    end
  end

  class Voucher
    def value
      balance
    end
  end
end
