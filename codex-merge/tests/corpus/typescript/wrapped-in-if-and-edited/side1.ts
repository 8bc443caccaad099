export function render(view: View, flags: Flags): string {
  const out: string[] = [];
  out.push(view.header());
  out.push(view.body({ compact: true }));
  return out.join('\n');
}
