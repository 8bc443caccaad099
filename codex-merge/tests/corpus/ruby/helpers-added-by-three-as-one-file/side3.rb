def cents(amount)
  (amount * 100).round
end

def euros(cents)
  cents / 100.0
end
