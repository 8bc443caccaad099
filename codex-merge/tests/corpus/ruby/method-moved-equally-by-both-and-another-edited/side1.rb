class Account
  def close
    update!(state: "closed")
  end

  def balance
    entries.sum(:amount)
  end

  def owner_name
    owner.full_name
  end

  def open
    update!(state: "open")
  end
end
