export class Meter {
  private value = 0;

  add(n: number): void {
    this.value += n;
  }

  read(): number {
    return Math.round(this.value);
  }

  clear(): void {
    this.value = 0;
  }
}
