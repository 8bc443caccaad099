import { escape, slugify, truncate, words } from './text';

export const teaser = (text: string): string => truncate(escape(text), 80);

export const anchor = (text: string): string => `#${slugify(words(text)[0])}`;
