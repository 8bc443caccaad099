class Printer
  def open
    @port = Serial.new(path)
  end

  def feed(lines)
    lines.times { @port.write("\n") }
  end

  def cut
    @port.write("\x1dV0")
end
