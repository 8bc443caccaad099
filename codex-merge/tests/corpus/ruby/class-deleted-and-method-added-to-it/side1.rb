module Promotions
  class Voucher
    def value
      balance
    end
  end
end
