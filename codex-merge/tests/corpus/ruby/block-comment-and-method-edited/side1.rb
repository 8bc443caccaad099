=begin
Counts visits.
Safe for threads.
=end
class Counter
  def hit
    @hits = @hits.to_i + 1
  end
end
