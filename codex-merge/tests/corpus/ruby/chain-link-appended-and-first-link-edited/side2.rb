class ProductsQuery
  def call(params)
    Product
      .where(active: true, shop: params[:shop])
      .includes(:images)
      .order(:name)
  end
end
