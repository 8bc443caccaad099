class Webhook
  def deliver(event)
    client.post(url, body: sign(event), timeout: 5, retries: 3)
  end
end
