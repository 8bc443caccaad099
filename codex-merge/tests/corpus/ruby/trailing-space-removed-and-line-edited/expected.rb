class Timer
  def start
    @started = clock.now
    log("timer started")
  end
end
