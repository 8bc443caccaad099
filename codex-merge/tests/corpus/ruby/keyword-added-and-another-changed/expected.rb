class Mailer
  def receipt(order)
    mail(
      to: order.email,
      subject: "Receipt for #{order.number}",
      template: "receipt",
      reply_to: SUPPORT
    )
  end
end
