import { parse } from './url';
import { fetchText } from './net';

export async function origin(link: string): Promise<string> {
  return parse(link).origin;
}

export async function title(link: string): Promise<string> {
  const html = await fetchText(link);
  return html.split('<title>')[1] ?? link;
}
