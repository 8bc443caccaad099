export function slice(items: Item[], page: number): Item[] {
  const limit = 25;
  const offset = page * limit;
  return items.slice(offset, offset + limit);
}

export const isLast = (items: Item[], page: number): boolean => slice(items, page + 1).length === 0;
