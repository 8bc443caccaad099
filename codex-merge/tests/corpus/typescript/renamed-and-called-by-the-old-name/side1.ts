export function formatMoney(cents: number): string {
  return `${(cents / 100).toFixed(2)} EUR`;
}

export function lineText(line: Line): string {
  return `${line.name}: ${formatMoney(line.cents)}`;
}

export function count(lines: Line[]): number {
  return lines.length;
}
