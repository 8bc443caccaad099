export function notify(user: User, budget: number): void {
  if (budget >= 0) {
    send(user, budget);
  }
}
