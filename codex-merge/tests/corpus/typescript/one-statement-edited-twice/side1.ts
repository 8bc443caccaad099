export function discount(order: Order): number {
  const base = order.total;
  const rate = order.customer.vip ? 0.25 : 0.1;
  return base * rate;
}
