class Product
  SORTABLE = [
    :name,
    :price,
    :rating,
    :stock,
  ].freeze
end
