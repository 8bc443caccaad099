export class RetryPolicy {
  readonly attempts: number;
  readonly delayMs: number;
  jitter = false;

  constructor(options: RetryOptions) {
    this.attempts = options.attempts ?? 3;
    this.delayMs = options.delayMs;
  }

  shouldRetry(attempt: number): boolean {
    return attempt < this.attempts;
  }
}
