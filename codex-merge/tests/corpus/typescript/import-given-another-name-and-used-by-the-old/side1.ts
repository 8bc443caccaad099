import { parse as parseUrl } from './url';
import { fetchText } from './net';

export async function origin(link: string): Promise<string> {
  return parseUrl(link).origin;
}

export async function title(link: string): Promise<string> {
  const html = await fetchText(link);
  return html.split('<title>')[1] ?? link;
}
