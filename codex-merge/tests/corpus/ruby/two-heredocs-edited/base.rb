class Stats
  def top(limit)
    query(<<~SQL, limit)
      SELECT product_id, SUM(amount) AS sold
      FROM lines
      WHERE refunded = FALSE
      GROUP BY product_id
      ORDER BY sold DESC
    SQL
  end

  def help
    <<~TEXT
      Usage: stats LIMIT
      Prints what sells best.
    TEXT
  end
end
