# Where an order is sent.
class Address
end

class Parcel
  attr_reader :address
end
