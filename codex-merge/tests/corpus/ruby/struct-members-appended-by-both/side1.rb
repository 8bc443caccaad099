Money = Struct.new(:cents, :currency, :rate) do
  def to_s
    format("%.2f %s", cents / 100.0, currency)
  end
end
