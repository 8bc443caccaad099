export function slice(items: Item[], page: number): Item[] {
  const limit = 25;
  const offset = (page - 1) * limit;
  return items.slice(offset, offset + limit);
}
