class Fee
  def percent
    1.9
  end

  def fixed
    0.30
  end
end
