def percent(share)
  "#{(share * 100).round}%"
end

def share(part, whole)
  part.fdiv(whole)
end
