export function formatPrice(cents: number): string {
  return `${(cents / 100).toFixed(2)} EUR`;
}

export function lineText(line: Line): string {
  return `${line.name}: ${formatPrice(line.cents)}`;
}

export function count(lines: Line[]): number {
  return lines.length;
}

export function totalText(lines: Line[]): string {
  return formatPrice(lines.reduce((sum, line) => sum + line.cents, 0));
}
