export const clamp = (n: number, low: number, high: number): number => Math.min(Math.max(n, low), high);

export const lerp = (a: number, b: number, at: number): number => a + (b - a) * at;

export interface Range {
  low: number;
  high: number;
}

export function within(n: number, range: Range): boolean {
  return n >= range.low && n <= range.high;
}
