export const clamp = (n: number, low: number, high: number): number => Math.min(Math.max(n, low), high);

export const lerp = (a: number, b: number, at: number): number => a + (b - a) * at;
