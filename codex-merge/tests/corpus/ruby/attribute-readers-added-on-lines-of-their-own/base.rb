class Shipment
  attr_reader :id, :carrier
  attr_accessor :note

  delegate :name, to: :carrier
end
