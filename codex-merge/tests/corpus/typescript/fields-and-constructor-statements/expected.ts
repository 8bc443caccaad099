export class RetryPolicy {
  readonly attempts: number;
  readonly delayMs: number;
  jitter = false;
  label = 'default';

  constructor(options: RetryOptions) {
    this.attempts = options.attempts ?? 3;
    this.delayMs = options.delayMs ?? 250;
  }

  shouldRetry(attempt: number): boolean {
    return attempt < this.attempts;
  }
}
