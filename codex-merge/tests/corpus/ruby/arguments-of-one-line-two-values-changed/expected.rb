class Webhook
  def deliver(event)
    client.post(url_for(event), body: event.to_json, timeout: 30)
  end
end
