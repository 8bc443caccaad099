=begin
Counts visits.
Not safe for threads.
=end
class Counter
  def hit
    @lock.synchronize { @hits += 1 }
  end
end
