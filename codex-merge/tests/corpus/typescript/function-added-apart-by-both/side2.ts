import { Item } from './item';

export function first(items: Item[]): Item | undefined {
  return items[0];
}

export function last(items: Item[]): Item | undefined {
  return items[items.length - 1];
}

export function isBlank(text: string): boolean {
  return text.trim().length === 0;
}
