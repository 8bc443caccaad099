class Product
  SORTABLE = [
    :name,
    :price,
    :rating,
  ].freeze
end
