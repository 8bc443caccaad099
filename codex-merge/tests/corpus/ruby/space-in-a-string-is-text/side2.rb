class Totals
  def line(total)
    "Sum: #{total}"
  end
end
