class Product
  SORTABLE = [
    :name,
    :price,
    :rating,
    :created_at,
  ].freeze
end
