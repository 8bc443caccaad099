class Fetcher
  def fetch(url)
    http.get(url, follow: true)
  rescue Timeout::Error
    cache.read(url)
  end
end
