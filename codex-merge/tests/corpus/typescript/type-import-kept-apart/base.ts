import { createServer } from './server';

export const server = createServer();
