class Tax
  RATES = {
    standard: 0.20,
    books: 0.05,
    reduced: 0.10,
    zero: 0.0,
  }.freeze

  def rate(kind)
    RATES.fetch(kind)
  end
end
