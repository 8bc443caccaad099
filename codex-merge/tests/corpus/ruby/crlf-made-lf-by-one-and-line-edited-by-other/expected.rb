class Meter
  def read
    sensor.value.round(1)
  end

  def unit
    "kWh"
  end
end
