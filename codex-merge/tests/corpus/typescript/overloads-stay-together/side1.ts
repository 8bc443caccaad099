export function toDate(value: string): Date;
export function toDate(value: number): Date;
export function toDate(value: unknown): Date {
  return new Date(value as string);
}

export function toText(value: Date): string;
export function toText(value: undefined): undefined;
export function toText(value?: Date): string | undefined {
  return value?.toISOString();
}
