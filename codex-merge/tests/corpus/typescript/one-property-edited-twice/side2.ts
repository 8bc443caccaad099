export interface Account {
  id: string;
  email: string | null;
  locked: boolean;
}
