export class Basket {
  private readonly items: Item[] = [];

  count(): number {
    return this.items.length;
  }

  add(item: Item): void {
    this.items.push(item);
  }
}
