module Shop
  class Barcode
    def initialize(digits)
      @digits = digits
    end

    def valid?
      checksum == @digits.last
    end

    def to_s
      @digits.join
    end
  end
end
