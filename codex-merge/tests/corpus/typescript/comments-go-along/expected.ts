export class Timer {
  private startedAt = 0;

  /** Starts or restarts the timer. */
  start(): void {
    this.startedAt = Date.now();
  }

  /**
   * Milliseconds since the start.
   *
   * Zero before the first call of `start`.
   */
  elapsed(): number {
    return this.startedAt === 0 ? 0 : Date.now() - this.startedAt;
  }

  // Used by the tests only.
  reset(): void {
    this.startedAt = 0;
  }
}
