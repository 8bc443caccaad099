class Shipment
  attr_reader :id, :carrier
  attr_accessor :note
  attr_writer :weight

  delegate :name, to: :carrier
end
