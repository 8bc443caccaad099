import { add, div, mul } from './maths';

export const one = add(0, 1);
