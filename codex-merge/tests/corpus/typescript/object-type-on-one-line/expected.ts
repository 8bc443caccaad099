export type Point = { x: number; y: number; z?: number; label?: string };

export const origin: Point = { x: 0, y: 0 };
