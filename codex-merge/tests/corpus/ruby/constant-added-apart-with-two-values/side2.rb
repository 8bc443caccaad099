class Order < ApplicationRecord
  include Auditable

  MAX_LINES = 100

  belongs_to :customer
  has_many :lines, dependent: :destroy

  validates :number, presence: true
  validates :currency, inclusion: { in: %w[EUR USD] }

  PREFIX = "ORD"

  before_save :set_number

  def total
    lines.sum(&:amount)
  end
end
