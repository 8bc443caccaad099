class Mailer
  def receipt(order)
    mail(
      to: order.user.email,
      subject: "Your receipt",
      template: "receipt"
    )
  end
end
