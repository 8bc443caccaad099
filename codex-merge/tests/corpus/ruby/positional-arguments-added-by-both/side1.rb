class Reports
  def build
    Report.new(period, region, currency)
  end
end
