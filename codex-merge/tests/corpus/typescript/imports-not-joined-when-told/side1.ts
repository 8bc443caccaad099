import { Clock } from './clock';
import { push } from './queue';

export const tick = (clock: Clock): number => clock.now();
