class Reports
  def build
    Report.new(period, region, locale)
  end
end
