class Retry
  LIMIT = 5 # attempts
  PAUSE = 2 # in seconds

  def delay(attempt)
    PAUSE**attempt
  end
end
