import { Clock } from './clock';

export const tick = (clock: Clock): number => clock.now();
