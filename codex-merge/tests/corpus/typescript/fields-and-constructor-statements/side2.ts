export class RetryPolicy {
  readonly attempts: number;
  readonly delayMs: number;
  label = 'default';

  constructor(options: RetryOptions) {
    this.attempts = options.attempts;
    this.delayMs = options.delayMs ?? 250;
  }

  shouldRetry(attempt: number): boolean {
    return attempt < this.attempts;
  }
}
