function price(order) {
  const net = order.items.reduce((sum, item) => sum + item.price, 0);

  if (order.express) {
    return net + 5;
  }

  return net;
}

module.exports = price;
