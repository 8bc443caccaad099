export class RetryPolicy {
  readonly attempts: number;
  readonly delayMs: number;

  constructor(options: RetryOptions) {
    this.attempts = options.attempts;
    this.delayMs = options.delayMs;
  }

  shouldRetry(attempt: number): boolean {
    return attempt < this.attempts;
  }
}
