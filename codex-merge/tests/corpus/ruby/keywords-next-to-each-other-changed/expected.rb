class Mailer
  def receipt(order)
    mail(
      to: order.user.email,
      subject: "Thank you",
      template: "receipt"
    )
  end
end
