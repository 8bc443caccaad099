class Router
  def handle(event)
    case event
    in { type: "order.paid", id: }
      Fulfil.call(id)
    in { type: String => type }
      logger.info(type)
    end
  end
end
