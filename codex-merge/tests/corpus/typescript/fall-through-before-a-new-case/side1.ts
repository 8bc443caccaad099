export function press(key: string): void {
  switch (key) {
    case 'a':
      move(-1);
      // falls through
    case 'd':
      move(1);
      break;
  }
}
