import { add } from './maths';

export const one = add(1, 0);
