SETTINGS = {
  mail: {
    host: "smtp.shop.test",
    port: 587,
    user: "shop",
  },
  search: {
    url: "http://search.test",
    index: "products",
  },
}.freeze
