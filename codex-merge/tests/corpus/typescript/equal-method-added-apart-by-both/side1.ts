export class Basket {
  private readonly items: Item[] = [];

  has(id: string): boolean {
    return this.items.some((item) => item.id === id);
  }

  count(): number {
    return this.items.length;
  }

  add(item: Item): void {
    this.items.push(item);
  }
}
