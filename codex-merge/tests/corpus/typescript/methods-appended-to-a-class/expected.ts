import { Money } from './money';

export class Cart {
  private lines: CartLine[] = [];

  add(line: CartLine): void {
    this.lines.push(line);
  }

  total(): Money {
    return this.lines.reduce((sum, line) => sum.plus(line.price), Money.zero());
  }

  isEmpty(): boolean {
    return this.lines.length === 0;
  }

  clear(): void {
    this.lines = [];
  }
}
