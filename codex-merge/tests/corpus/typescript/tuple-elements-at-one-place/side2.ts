export type LogRow = [
  time: Date,
  level: Level,
  source: string,
];

export const columns = (row: LogRow): string[] => row.map(String);
