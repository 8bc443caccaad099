class Wallet
  def initialize(owner)
    @owner = owner
    @balance = 0
  end

  def deposit(amount)
    @balance += amount
  end

  private

  def limit
    @owner.verified? ? 5_000 : 500
  end

  def log(event)
    Rails.logger.info("#{event}: #{@owner}")
  end
end
