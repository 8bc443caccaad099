export function render(view: View, flags: Flags): string {
  const out: string[] = [];
  out.push(view.header());
  out.push(view.body());
  return out.join('\n');
}
