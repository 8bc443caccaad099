# Keeps the stock of a product right while orders come and go.
class InventoryService
  class OutOfStock < StandardError; end

  def reserve(product, quantity)
    product.with_lock do
      raise OutOfStock, "#{product.sku}: only #{product.stock} left" if product.stock < quantity

      product.update!(stock: product.stock - quantity)
    end
  end

  def release(product, quantity)
    product.with_lock { product.update!(stock: product.stock + quantity) }
  end
end
