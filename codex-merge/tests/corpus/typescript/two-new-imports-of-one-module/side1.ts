import { Clock } from './clock';
import { Job } from './jobs';

export class Scheduler {
  constructor(private readonly clock: Clock, readonly jobs: Job[] = []) {}

  now(): number {
    return this.clock.now();
  }
}
