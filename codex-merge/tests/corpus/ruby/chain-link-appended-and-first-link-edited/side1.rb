class ProductsQuery
  def call(params)
    Product
      .where(active: true)
      .includes(:images)
      .order(:name)
      .limit(50)
  end
end
