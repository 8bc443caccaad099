class Fee
  def percent
    2.5
  end

  def fixed
    0.30
  end

  def minimum
    0.05
  end
end
