class Fetcher
  def fetch(url)
    http.get(url)
  rescue Timeout::Error
    cache.read(url)
  end
end
