export class Meter {
  private value = 0;

  add(n: number): void {
    this.value += n;
  }

  read(): number {
    return this.value;
  }

  scale(by: number): void {
    this.value *= by;
  }
}
