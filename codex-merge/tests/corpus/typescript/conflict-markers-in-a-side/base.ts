export interface Limits {
  memory: number;
}
