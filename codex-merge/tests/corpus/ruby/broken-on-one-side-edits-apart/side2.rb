class Printer
  def open
    @port = Serial.new(path, baud: 9600)
  end

  def feed(lines)
    lines.times { @port.write("\n") }
  end

  def cut
    @port.write("\x1dV0")
  end
end
