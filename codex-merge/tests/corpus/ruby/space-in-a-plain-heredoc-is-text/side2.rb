class Label
  def print
    <<-ZPL
^XA
  Handle with care: %s
^XZ
    ZPL
  end
end
