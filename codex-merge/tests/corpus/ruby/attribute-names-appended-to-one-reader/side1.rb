class Shipment
  attr_reader :id, :carrier, :tracking
  attr_accessor :note

  delegate :name, to: :carrier
end
