import { clock } from './clock';
import { config } from './config';
import { logger } from './logger';
import { queue } from './queue';
import { worker } from './worker';

export const app = { worker, queue, logger, config, clock };
