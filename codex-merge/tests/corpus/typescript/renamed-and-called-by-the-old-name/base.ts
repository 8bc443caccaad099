export function formatPrice(cents: number): string {
  return `${(cents / 100).toFixed(2)} EUR`;
}

export function lineText(line: Line): string {
  return `${line.name}: ${formatPrice(line.cents)}`;
}

export function count(lines: Line[]): number {
  return lines.length;
}
