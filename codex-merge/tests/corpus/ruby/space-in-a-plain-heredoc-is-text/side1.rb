class Label
  def print
    <<-ZPL
^XA
    Fragile: %s
^XZ
    ZPL
  end
end
