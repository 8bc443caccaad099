class Wallet
  def initialize(owner)
    @owner = owner
    @balance = 0
  end

  def deposit(amount)
    @balance += amount
  end

  private def log(event)
    Rails.logger.debug("#{event}: #{@owner}")
  end
end
