def cents(amount)
  (amount * 100).round
end

def euros(cents)
  cents / 100.0
end

def percent(share)
  "#{(share * 100).round}%"
end

def share(part, whole)
  part.fdiv(whole)
end
