import { Clock } from './clock';
import { runJob } from './jobs';

export class Scheduler {
  constructor(private readonly clock: Clock) {}

  now(): number {
    return this.clock.now();
  }

  run(id: string): void {
    runJob(id, this.now());
  }
}
