class Notifier
  def deliver(user)
    if user.subscribed?
      mail(user)
      track(user)
    else
      skip(user)
    end
  end
end
