export type LogRow = [
  time: Date,
  level: Level,
];

export const columns = (row: LogRow): string[] => row.map(String);
