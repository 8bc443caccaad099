class Token
  SECRET = ENV.fetch("TOKEN_SECRET")
  private_constant :SECRET

  def sign(text)
    OpenSSL::HMAC.hexdigest("SHA256", SECRET, text)
  end
end
