class Wallet
  def initialize(owner)
    @owner = owner
    @balance = 0
  end

  def deposit(amount)
    @balance += amount
  end

  def withdraw(amount)
    @balance -= amount
  end

  def empty?
    @balance.zero?
  end

  private

  def log(event)
    Rails.logger.info("#{event}: #{@owner}")
  end

  def overdrawn?
    @balance.negative?
  end

  def limit
    @owner.verified? ? 5_000 : 500
  end
end
