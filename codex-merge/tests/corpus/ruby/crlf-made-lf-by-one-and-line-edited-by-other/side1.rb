class Meter
  def read
    sensor.value
  end

  def unit
    "kWh"
  end
end
