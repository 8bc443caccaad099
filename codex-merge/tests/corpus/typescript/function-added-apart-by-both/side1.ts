import { Item } from './item';

export function isBlank(text: string): boolean {
  return text.trim() === '';
}

export function first(items: Item[]): Item | undefined {
  return items[0];
}

export function last(items: Item[]): Item | undefined {
  return items[items.length - 1];
}
