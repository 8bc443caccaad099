class Poll
  def run
    lock.acquire
    refresh(:orders)
    lock.release
    sleep(5)
    lock.acquire
    refresh(:refunds)
    lock.release
  end
end
