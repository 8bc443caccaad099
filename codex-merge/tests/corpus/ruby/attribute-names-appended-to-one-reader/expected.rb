class Shipment
  attr_reader :id, :carrier, :tracking, :weight
  attr_accessor :note

  delegate :name, to: :carrier
end
