export const VERSION = '1.4.0';

export default function start(): App {
  return new App(VERSION);
}

export function stop(app: App): void {
  app.close();
}
