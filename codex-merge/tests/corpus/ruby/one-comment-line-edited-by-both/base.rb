# Converts amounts between currencies.
# Rates come from the central bank.
# They are cached for a day.
class Converter
  # Returns the amount in the other currency.
  #
  # amount - what is converted
  # to     - the code of the currency
  def convert(amount, to)
    amount * rate(to) # not rounded
  end

  # The rate of a currency.
  def rate(code)
    rates.fetch(code)
  end
end
