class Sync
  def push(order)
    Order.transaction do
      payload = build_payload(order, locale: :en)
      response = client.post("/v2/orders", payload)
      order.update!(remote_id: response.id)
    end
  end
end
