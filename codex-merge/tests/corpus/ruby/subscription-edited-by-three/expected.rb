# frozen_string_literal: true

require "bigdecimal"
require "date"

module Billing
  # Bills a subscription on the first of a month.
  class Subscription
    include Comparable

    PLANS = {
      basic: BigDecimal("10.90"),
      team: BigDecimal("29.00"),
      firm: BigDecimal("99.00"),
    }.freeze

    attr_reader :plan, :seats

    def initialize(plan, seats: 1)
      @plan = plan
      @seats = seats
    end

    def price
      PLANS.fetch(plan) * seats * (1 - discount)
    end

    def renew(on: Date.today)
      invoice = Invoice.new(self, on)
      invoice.add(price, "Subscription #{plan}")
      invoice.deliver
    end

    def <=>(other)
      price <=> other.price
    end

    def cancel
      @ended_on = Date.today
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
