SETTINGS = {
  mail: {
    host: "smtp.shop.test",
    port: 587,
    tls: true,
  },
  search: {
    url: "http://search.test",
    index: "products",
  },
}.freeze
