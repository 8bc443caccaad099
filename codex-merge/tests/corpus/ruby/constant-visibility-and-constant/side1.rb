class Token
  SECRET = ENV.fetch("TOKEN_SECRET")
  private_constant :SECRET

  def sign(text)
    OpenSSL::HMAC.hexdigest("SHA1", SECRET, text)
  end
end
