# Where an order is sent.
class Address
  attr_accessor :street
end

class Parcel
  attr_reader :address
end
