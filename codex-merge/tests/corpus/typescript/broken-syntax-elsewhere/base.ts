export function parse(text: string): Node {
  return read(text;
}

export function print(node: Node): string {
  return node.children.map(print).join('');
}

export const EMPTY = '';
