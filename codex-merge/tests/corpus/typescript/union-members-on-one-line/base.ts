export type Level = 'info' | 'error';

export function log(level: Level, text: string): void {
  sink.write(`[${level}] ${text}`);
}
