import { createServer } from './server';
import type { Request } from './http';

export const server = createServer();

export type Guard = (request: Request) => boolean;
