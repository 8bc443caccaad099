class Warmup
  def run
    refresh(:orders)
    pause
    refresh(:orders)
    pause
    report
  end
end
