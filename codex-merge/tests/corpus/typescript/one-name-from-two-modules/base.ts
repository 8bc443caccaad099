import { Router } from './router';
import { User } from './user';
import { View } from './view';

export function show(router: Router, user: User): void {
  router.render(new View(user));
}

export function heading(user: User): string {
  return user.name;
}
