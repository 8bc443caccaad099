import { worker } from './worker';
import { queue } from './queue';
import { logger } from './logger';
import { mailer } from './mailer';
import { config } from './config';
import { clock } from './clock';

export const app = { worker, queue, logger, config, clock, mailer };
