SETTINGS = {
  mail: {
    host: "smtp.shop.test",
    port: 587,
  },
  search: {
    url: "http://search.test",
    index: "products",
  },
}.freeze
