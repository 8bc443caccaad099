export class Invoice {
  constructor(private readonly items: Item[]) {}

  net(): number {
    return this.items.reduce((sum, item) => sum + item.price, 0);
  }

  legacyTotal(): number {
    return this.net() * 1.19;
  }

  currency(): string {
    return 'EUR';
  }
}
