export type Event =
  | { kind: 'opened'; at: number }
  | { kind: 'closed'; at: number }
  | { kind: 'failed'; error: Error };

export type Handler = (event: Event) => void;
