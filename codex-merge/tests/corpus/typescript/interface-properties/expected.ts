export interface User {
  id: string;
  name: string;
  email?: string;
  /** As an ISO date. */
  createdAt: string;
  roles: readonly Role[];
}

export function greet(user: User): string {
  return `Hello, ${user.name}`;
}
