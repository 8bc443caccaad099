class Fetcher
  def fetch(url)
    http.get(url, follow: true)
  rescue Timeout::Error
    nil
  end
end
