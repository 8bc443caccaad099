class Zones
  def self.all
    DATA.each_line.map(&:chomp)
  end
end

__END__
EU
US
