class Timer
  def start
    @started = clock.now  
    log("started") 
  end
end
