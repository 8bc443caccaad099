class Zones
  def self.all
    DATA.each_line.map(&:strip)
  end
end

__END__
EU
US
