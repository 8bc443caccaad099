import { z } from 'zod';
import { db } from './db';

export const schema = z.object({ id: z.string() });

export async function load(id: string): Promise<unknown> {
  return db.find(schema.parse({ id }));
}

export async function drop(id: string): Promise<void> {
  await db.remove(id);
}
