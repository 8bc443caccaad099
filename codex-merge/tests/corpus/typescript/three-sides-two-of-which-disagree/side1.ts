export class Shape {
  constructor(readonly name: string, readonly side: number) {}

  toString(): string {
    return this.name;
  }

  sides(): number {
    return 4;
  }
}
