module Client
  HEADERS = { "Accept" => "application/json", "User-Agent" => "shop/1.0", "X-Api" => "2" }.freeze

  def self.get(path)
    HTTP.headers(HEADERS).get(path)
  end
end
