class Reports
  def build
    Report.new(period, region)
  end
end
