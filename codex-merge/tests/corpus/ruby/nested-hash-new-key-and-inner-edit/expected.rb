SETTINGS = {
  mail: {
    host: "smtp.shop.test",
    port: 587,
  },
  search: {
    url: "http://search.test",
    index: "catalogue",
  },
  cache: {
    ttl: 300,
  },
}.freeze
