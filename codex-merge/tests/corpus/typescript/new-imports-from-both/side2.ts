import { z } from 'zod';
import { db } from './db';
import * as audit from './audit';
import env from './env';

export const schema = z.object({ id: z.string() });

export async function load(id: string): Promise<unknown> {
  return db.find(schema.parse({ id }));
}

export async function drop(id: string): Promise<void> {
  await db.remove(id);
  audit.write(env.actor, id);
}
