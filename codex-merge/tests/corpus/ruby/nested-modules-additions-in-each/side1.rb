module Library
  module Catalog
    class Book
      attr_reader :isbn

      def initialize(isbn)
        @isbn = isbn
      end

      def to_s
        "ISBN #{isbn}"
      end
    end
  end

  module Lending
    class Loan
      def due?
        Date.today > due_on
      end

      def extend!
        self.due_on += 14
      end
    end
  end
end
