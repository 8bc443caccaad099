import { readFile, writeFile } from 'node:fs/promises';

export async function readConfig(path: string): Promise<string> {
  return readFile(path, 'utf8');
}

export async function touch(path: string): Promise<void> {
  await writeFile(path, await readConfig(path));
}
