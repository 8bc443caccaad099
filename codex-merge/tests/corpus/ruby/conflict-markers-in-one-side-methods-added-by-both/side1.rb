class Printer
  def open
<<<<<<< feature
    @port = Serial.new(path, 9600)
=======
    @port = Serial.new(device)
>>>>>>> main
  end

  def feed(lines)
    lines.times { @port.write("\n") }
  end

  def cut
    @port.write("\x1dV0")
  end

  def close
    @port.close
  end
end
