class Webhook
  def deliver(event)
    client.post(url, body: sign(event), timeout: 5)
  end
end
