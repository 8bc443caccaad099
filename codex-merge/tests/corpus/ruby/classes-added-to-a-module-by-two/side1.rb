module Library
  module Catalog
    class Book
      attr_reader :isbn

      def initialize(isbn)
        @isbn = isbn
      end
    end
  end

  module Lending
    class Loan
      def due?
        Date.today > due_on
      end
    end

    class Fine
      RATE = 0.25
    end
  end
end
