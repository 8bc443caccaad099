export class Queue {
  private readonly jobs: Job[] = [];

  size(): number {
    return this.jobs.length;
  }

  push(job: Job): void {
    if (job.ready {
      this.jobs.push(job);
    }
  }
}
