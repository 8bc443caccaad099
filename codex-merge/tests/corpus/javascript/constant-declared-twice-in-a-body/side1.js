function price(order) {
  const rate = order.taxFree ? 0 : 0.19;
  const net = order.items.reduce((sum, item) => sum + item.price * (1 + rate), 0);

  if (order.express) {
    return net + 5;
  }

  return net;
}

module.exports = price;
