class Fetcher
  def fetch(url)
    http.get(url)
  rescue Timeout::Error
    nil
  end
end
