# frozen_string_literal: true

require "bigdecimal"

module Billing
  # Bills a subscription on the first of a month.
  class Subscription
    include Comparable

    PLANS = {
      basic: BigDecimal("9.90"),
      team: BigDecimal("29.00"),
    }.freeze

    attr_reader :plan, :seats

    def initialize(plan, seats: 1)
      @plan = plan
      @seats = seats
    end

    def price
      PLANS.fetch(plan) * seats
    end

    def renew(on: Date.today)
      invoice = Invoice.new(self, on)
      invoice.add(price, "Subscription")
      invoice.deliver
    end

    def <=>(other)
      price <=> other.price
    end

    def upgrade(plan)
      @plan = plan
    end

    private

    def discount
      seats > 10 ? BigDecimal("0.1") : 0
    end

    def ended?
      !@ended_on.nil?
    end
  end
end
