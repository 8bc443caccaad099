export function monthly(orders: Order[]): Report {
  const report = buildReport(orders, { currency: 'USD', locale: 'de-DE' });
  return sign(report);
}
