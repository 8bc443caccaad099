class ProductsQuery
  def call(params)
    Product
      .where(active: true)
      .includes(:images, :prices)
      .order(:name)
  end
end
