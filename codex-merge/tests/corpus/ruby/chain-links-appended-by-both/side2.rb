class ProductsQuery
  def call(params)
    Product
      .where(active: true)
      .includes(:images)
      .order(:name)
      .offset(params[:offset])
  end
end
