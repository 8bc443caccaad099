class Mailer
  def receipt(order)
    mail(
      to: order.email,
      subject: "Thank you",
      template: "receipt"
    )
  end
end
