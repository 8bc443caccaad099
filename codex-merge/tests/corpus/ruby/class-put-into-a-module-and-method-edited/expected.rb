module Shop
  class Barcode
    def initialize(digits)
      @digits = digits
    end

    def valid?
      @digits.any? && checksum == @digits.last
    end
  end
end
