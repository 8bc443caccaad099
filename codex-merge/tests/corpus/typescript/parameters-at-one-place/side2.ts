export function createWindow(
  title: string,
  size: Size,
  modal = false,
): Window {
  return host.open({ title, ...size });
}
