class Shelf
  def initialize(room)
    @room = room
    @books = Set.new
  end

  def put(book)
    @books.add(book)
  end

  def take(isbn)
    @books.delete_if { |book| book.isbn == isbn }
  end

  def find(isbn)
    @books.detect { |book| book.isbn == isbn }
  end

  def to_s
    "#{@room}: #{@books.size}"
  end

  def each(&block)
    @books.each(&block)
  end

  def full?
    @books.size >= 40
  end
end
