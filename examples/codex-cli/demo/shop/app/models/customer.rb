class Customer < ApplicationRecord
  has_secure_token :api_token

  has_many :orders, dependent: :restrict_with_error

  validates :name, presence: true
  validates :email, presence: true, uniqueness: { case_sensitive: false }
end
