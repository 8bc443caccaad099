Money = Struct.new(:cents, :currency) do
  def to_s
    format("%.2f %s", cents / 100.0, currency)
  end
end
