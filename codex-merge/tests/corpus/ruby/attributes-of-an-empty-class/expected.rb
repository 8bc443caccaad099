# Where an order is sent.
class Address
  attr_accessor :street
  attr_accessor :city
end

class Parcel
  attr_reader :address
end
