class Retry
  LIMIT = 3 # attempts
  PAUSE = 2 # seconds

  def delay(attempt)
    PAUSE**attempt
  end
end
