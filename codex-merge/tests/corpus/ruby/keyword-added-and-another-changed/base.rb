class Mailer
  def receipt(order)
    mail(
      to: order.email,
      subject: "Your receipt",
      template: "receipt"
    )
  end
end
