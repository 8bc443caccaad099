export const clamp = (n: number, low: number, high: number): number => Math.min(Math.max(n, low), high);
