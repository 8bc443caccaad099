import { Item } from './item';

export function first(items: Item[]): Item | undefined {
  return items[0];
}

export function last(items: Item[]): Item | undefined {
  return items[items.length - 1];
}
