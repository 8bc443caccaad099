import { readFile, stat } from 'node:fs/promises';

export async function readConfig(path: string): Promise<string> {
  await stat(path);
  return readFile(path, 'utf8');
}

export async function touch(path: string): Promise<void> {
  await readConfig(path);
}
