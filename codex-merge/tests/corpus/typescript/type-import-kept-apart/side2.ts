import { createServer } from './server';
import { parseUrl } from './http';

export const server = createServer(parseUrl);
