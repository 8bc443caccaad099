class Notifier
  def deliver(user)
    mail(user)
    track(user)
  end
end
