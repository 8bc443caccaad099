export class Timer {
  private startedAt = 0;

  /** Starts or restarts the timer. */
  start(): void {
    this.startedAt = Date.now();
  }
}
