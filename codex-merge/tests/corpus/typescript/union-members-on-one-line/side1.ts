export type Level = 'info' | 'error' | 'warning';

export function log(level: Level, text: string): void {
  sink.write(`[${level}] ${text}`);
}
