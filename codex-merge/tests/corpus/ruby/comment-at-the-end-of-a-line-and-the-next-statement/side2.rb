class Retry
  LIMIT = 3 # attempts
  PAUSE = 2 # in seconds

  def delay(attempt)
    PAUSE**attempt
  end
end
