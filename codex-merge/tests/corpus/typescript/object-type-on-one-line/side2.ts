export type Point = { x: number; y: number; label?: string };

export const origin: Point = { x: 0, y: 0 };
