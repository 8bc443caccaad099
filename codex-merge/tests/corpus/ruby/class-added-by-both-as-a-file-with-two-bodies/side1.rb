class Money
  include Comparable

  def initialize(cents)
    @cents = cents
  end
end
