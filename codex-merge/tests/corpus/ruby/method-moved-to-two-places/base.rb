class Account
  def open
    update!(state: "open")
  end

  def close
    update!(state: "closed")
  end

  def balance
    entries.sum(:amount)
  end

  def owner_name
    owner.full_name
  end
end
