import { slugify, truncate, words } from './text';

export const teaser = (text: string): string => truncate(text, 80);

export const anchor = (text: string): string => `#${slugify(words(text)[0])}`;
