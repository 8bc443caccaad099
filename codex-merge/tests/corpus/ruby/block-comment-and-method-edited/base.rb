=begin
Counts visits.
Not safe for threads.
=end
class Counter
  def hit
    @hits = @hits.to_i + 1
  end
end
