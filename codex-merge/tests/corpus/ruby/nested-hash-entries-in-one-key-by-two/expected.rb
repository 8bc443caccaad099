SETTINGS = {
  mail: {
    host: "smtp.shop.test",
    port: 587,
    tls: true,
    user: "shop",
  },
  search: {
    url: "http://search.test",
    index: "products",
  },
}.freeze
