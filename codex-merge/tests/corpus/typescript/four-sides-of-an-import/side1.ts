import { add, sub } from './maths';

export const one = add(0, 1);
