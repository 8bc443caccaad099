export function monthly(orders: Order[]): Report {
  const report = buildReport(
    orders,
    { currency: 'EUR', locale: 'de-DE' }
  );
  return sign(report);
}
