class Tax
  RATES = {
    standard: 0.20,
    reduced: 0.10,
    zero: 0.0,
  }.freeze

  def rate(kind)
    RATES.fetch(kind)
  end
end
