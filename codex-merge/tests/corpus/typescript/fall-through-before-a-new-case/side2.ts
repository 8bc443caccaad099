export function press(key: string): void {
  switch (key) {
    case 'a':
      move(-1);
      break;
    case 's':
      stop();
      break;
    case 'd':
      move(1);
      break;
  }
}
