class Warmup
  def run
    refresh(:orders)
    pause
    report
  end
end
