function price(order) {
  const net = order.items.reduce((sum, item) => sum + item.price, 0);

  if (order.express) {
    return net + 5;
  }

  const rate = order.customer.discount;
  return net * (1 - rate);
}

module.exports = price;
