export function slice(items: Item[], page: number): Item[] {
  const limit = 25;
  const offset = page * limit;
  return items.slice(offset, offset + limit);
}
