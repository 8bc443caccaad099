export type Level = 'info' | 'error' | 'trace';

export function log(level: Level, text: string): void {
  sink.write(`[${level}] ${text}`);
}
