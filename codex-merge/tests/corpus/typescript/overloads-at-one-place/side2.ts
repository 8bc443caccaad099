export function toDate(value: string): Date;
export function toDate(value: number): Date;
export function toDate(value: object): Date;
export function toDate(value: unknown): Date {
  return new Date(value as string);
}
