export class Shape {
  constructor(readonly name: string, readonly side: number) {}

  toString(): string {
    return this.name;
  }
}
