class Money
  include Comparable

  def initialize(amount)
    @cents = (amount * 100).round
  end
end
