class Tax
  RATES = {
    luxury: 0.25,
    standard: 0.19,
    reduced: 0.10,
    zero: 0.0,
  }.freeze

  def rate(kind)
    RATES.fetch(kind)
  end
end
