export class Queue {
  private readonly jobs: Job[] = [];

  size(): number {
    return this.jobs.length;
  }

  pop(): Job | undefined {
    return this.jobs.shift();
  }
}
