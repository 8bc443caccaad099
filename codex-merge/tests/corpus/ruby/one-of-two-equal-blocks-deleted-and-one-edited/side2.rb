class Warmup
  def run
    refresh(:orders)
    pause
    refresh(:orders)
    pause(10)
    report
  end
end
