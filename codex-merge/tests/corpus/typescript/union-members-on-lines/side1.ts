export type Event =
  | { kind: 'opened'; at: number }
  | { kind: 'closed'; at: number }
  | { kind: 'moved'; from: string; to: string };

export type Handler = (event: Event) => void;
