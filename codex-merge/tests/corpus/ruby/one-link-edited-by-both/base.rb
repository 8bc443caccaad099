class ProductsQuery
  def call(params)
    Product
      .where(active: true)
      .includes(:images)
      .order(:name)
  end
end
