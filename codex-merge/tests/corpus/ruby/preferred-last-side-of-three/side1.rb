class Fee
  def percent
    2.9
  end

  def fixed
    0.30
  end
end
