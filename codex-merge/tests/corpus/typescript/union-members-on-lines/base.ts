export type Event =
  | { kind: 'opened'; at: number }
  | { kind: 'closed'; at: number };

export type Handler = (event: Event) => void;
