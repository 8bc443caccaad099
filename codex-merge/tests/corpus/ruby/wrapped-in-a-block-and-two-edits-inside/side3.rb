class Sync
  def push(order)
    payload = build_payload(order, locale: :en)
    response = client.post("/orders", payload)
    order.update!(remote_id: response.id)
  end
end
