class Sync
  def push(order)
    begin
      payload = build_payload(order)
      response = client.post("/orders", payload)
      order.update!(remote_id: response.id)
    rescue Client::Timeout => error
      logger.warn(error.message)
    end
  end
end
