export interface Account {
  id: string;
  email: string;
  locked: boolean;
}
