class Sync
  def push(order)
    payload = build_payload(order)
    response = client.post("/orders", payload)
    order.update!(remote_id: response.id)
  end
end
