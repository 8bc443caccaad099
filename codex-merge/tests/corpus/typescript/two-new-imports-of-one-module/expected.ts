import { Clock } from './clock';
import { Job, runJob } from './jobs';

export class Scheduler {
  constructor(private readonly clock: Clock, readonly jobs: Job[] = []) {}

  now(): number {
    return this.clock.now();
  }

  run(id: string): void {
    runJob(id, this.now());
  }
}
