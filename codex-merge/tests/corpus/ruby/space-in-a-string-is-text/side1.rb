class Totals
  def line(total)
    "Total:  #{total}"
  end
end
