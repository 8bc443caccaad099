class Fetcher
  def fetch(url)
    http.get(url)
  rescue Timeout::Error
    nil
  rescue SocketError => error
    report(error)
  end
end
