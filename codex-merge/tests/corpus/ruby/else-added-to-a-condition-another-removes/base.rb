class Notifier
  def deliver(user)
    if user.subscribed?
      mail(user)
      track(user)
    end
  end
end
