export type Event =
  | { kind: 'opened'; at: number }
  | { kind: 'closed'; at: number }
  | { kind: 'moved'; from: string; to: string }
  | { kind: 'failed'; error: Error };

export type Handler = (event: Event) => void;
