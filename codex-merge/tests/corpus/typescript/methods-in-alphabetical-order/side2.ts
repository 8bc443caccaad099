export class Subscription {
  constructor(private readonly store: Store, private readonly id: string) {}

  async cancel(): Promise<void> {
    await this.store.update(this.id, { state: 'cancelled' });
  }

  async activate(): Promise<void> {
    await this.store.update(this.id, { state: 'active' });
  }
}
