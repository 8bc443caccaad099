class Product
  SORTABLE = [
    :name,
    :price,
    :rating,
    :stock,
    :created_at,
  ].freeze
end
