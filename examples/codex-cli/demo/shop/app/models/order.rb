class Order < ApplicationRecord
  STATUSES = %w[draft placed shipped delivered cancelled].freeze

  attribute :number, default: -> { "SO-#{SecureRandom.hex(4).upcase}" }

  belongs_to :customer
  has_many :line_items, dependent: :destroy

  validates :number, presence: true, uniqueness: true
  validates :status, inclusion: { in: STATUSES }

  scope :newest_first, -> { order(created_at: :desc) }

  def subtotal_cents
    line_items.sum(&:total_cents)
  end

  def total_cents
    subtotal_cents + shipping_cents
  end

  def cancellable?
    %w[draft placed].include?(status)
  end
end
