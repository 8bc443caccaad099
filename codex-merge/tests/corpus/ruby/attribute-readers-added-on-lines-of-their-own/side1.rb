class Shipment
  attr_reader :id, :carrier
  attr_accessor :note
  attr_reader :tracking

  delegate :name, to: :carrier
end
