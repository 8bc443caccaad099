class ProductsQuery
  def call(params)
    Product
      .where(active: true)
      .order(:name)
  end
end
