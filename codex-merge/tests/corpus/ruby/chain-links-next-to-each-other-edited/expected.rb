class ProductsQuery
  def call(params)
    Product
      .where(active: true)
      .includes(:images, :prices)
      .order(:rank, :name)
  end
end
