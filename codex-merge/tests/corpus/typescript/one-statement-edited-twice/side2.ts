export function discount(order: Order): number {
  const base = order.total;
  const rate = order.customer.isVip() ? 0.2 : 0.1;
  return base * rate;
}
