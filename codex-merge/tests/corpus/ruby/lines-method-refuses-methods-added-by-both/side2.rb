class Fee
  def percent
    2.5
  end

  def fixed
    0.30
  end

  def maximum
    9.0
  end
end
