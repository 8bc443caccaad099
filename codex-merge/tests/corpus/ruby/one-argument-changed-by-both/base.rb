class Webhook
  def deliver(event)
    client.post(url, body: event.to_json, timeout: 5)
  end
end
