class Poll
  def run
    lock.acquire
    refresh(:orders)
    lock.release
    sleep(5)
    lock.acquire
    refresh(:orders)
    lock.release
  end
end
