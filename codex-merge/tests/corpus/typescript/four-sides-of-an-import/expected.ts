import { add, sub, div, mul } from './maths';

export const one = add(1, 0);
