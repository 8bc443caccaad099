class Poll
  def run
    lock.acquire
    refresh(:orders)
    lock.release
    sleep(5)
  end
end
