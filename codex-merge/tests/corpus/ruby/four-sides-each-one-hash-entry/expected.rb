class Tax
  RATES = {
    standard: 0.21,
    reduced: 0.12,
    books: 0.05,
  }.freeze

  def rate(kind)
    RATES.fetch(kind)
  end
end
