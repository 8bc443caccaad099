export function createWindow(
  title: string,
  size: Size,
): Window {
  return host.open({ title, ...size });
}
