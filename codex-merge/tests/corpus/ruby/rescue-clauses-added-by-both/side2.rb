class Fetcher
  def fetch(url)
    http.get(url)
  rescue Timeout::Error
    nil
  rescue StandardError
    :failed
  end
end
