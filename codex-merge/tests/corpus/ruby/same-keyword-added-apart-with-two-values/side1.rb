class Mailer
  def receipt(order)
    mail(
      from: SALES,
      to: order.email,
      subject: "Your receipt",
      template: "receipt"
    )
  end
end
