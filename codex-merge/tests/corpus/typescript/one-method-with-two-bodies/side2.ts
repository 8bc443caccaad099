export class Ticket {
  constructor(private readonly clock: Clock, private expires: number) {}

  extend(ms: number): void {
    this.expires += ms;
  }

  expired(): boolean {
    return this.clock.now() >= this.expires;
  }
}
