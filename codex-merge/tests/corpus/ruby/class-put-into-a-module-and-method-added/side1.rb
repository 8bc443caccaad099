module Shop
  class Barcode
    def initialize(digits)
      @digits = digits
    end

    def valid?
      checksum == @digits.last
    end
  end
end
