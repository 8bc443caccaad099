class Mailer
  def receipt(order)
    mail(
      to: order.email,
      subject: "Your receipt",
      template: "orders/receipt",
      reply_to: SUPPORT
    )
  end
end
