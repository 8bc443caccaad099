import { Clock } from './clock';
import { pop } from './queue';

export const tick = (clock: Clock): number => clock.now();
