class Order < ApplicationRecord
  enum :status, {
    pending: 0,
    paid: 1,
    shipped: 2,
    refunded: 3
  }
end
