export enum Priority {
  Low = 10,
  High = 20,
  Urgent,
}
