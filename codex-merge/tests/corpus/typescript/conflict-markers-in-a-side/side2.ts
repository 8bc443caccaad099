export interface Limits {
  memory: number;
  files: number;
}
