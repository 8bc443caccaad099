export function createWindow(
  title: string,
  size: Size,
  parent?: Window,
): Window {
  return host.open({ title, ...size });
}
