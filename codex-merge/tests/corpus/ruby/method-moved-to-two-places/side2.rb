class Account
  def close
    update!(state: "closed")
  end

  def open
    update!(state: "open")
  end

  def balance
    entries.sum(:amount)
  end

  def owner_name
    owner.full_name
  end
end
