class Invoice
  def number
    "#{year}-#{sequence}"
  end

  def net
    lines.sum { |line| line.amount.round(2) }
  end

  def gross
    net * 1.2
  end

  def paid?
    paid_at.present?
  end
end
