import { createServer } from './server';
import type { Request } from './http';
import { parseUrl } from './http';

export const server = createServer(parseUrl);

export type Guard = (request: Request) => boolean;
