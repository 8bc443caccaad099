export type LogRow = [
  time: Date,
  level: Level,
  text: string,
];

export const columns = (row: LogRow): string[] => row.map(String);
