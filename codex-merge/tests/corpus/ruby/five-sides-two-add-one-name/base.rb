class Shelf
  def initialize(room)
    @room = room
    @books = []
  end

  def put(book)
    @books.push(book)
  end

  def take(isbn)
    @books.delete_if { |book| book.isbn == isbn }
  end

  def find(isbn)
    @books.find { |book| book.isbn == isbn }
  end

  def to_s
    "#{@room}: #{@books.size}"
  end
end
