=begin
Counts visits.
Safe for threads.
=end
class Counter
  def hit
    @lock.synchronize { @hits += 1 }
  end
end
