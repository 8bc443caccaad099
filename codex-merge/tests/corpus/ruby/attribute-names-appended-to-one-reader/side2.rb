class Shipment
  attr_reader :id, :carrier, :weight
  attr_accessor :note

  delegate :name, to: :carrier
end
