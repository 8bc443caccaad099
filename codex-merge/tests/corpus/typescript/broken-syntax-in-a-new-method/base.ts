export class Queue {
  private readonly jobs: Job[] = [];

  size(): number {
    return this.jobs.length;
  }
}
