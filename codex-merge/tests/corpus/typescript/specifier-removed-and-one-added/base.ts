import { escape, slugify, truncate } from './text';

export const teaser = (text: string): string => truncate(escape(text), 80);

export const anchor = (text: string): string => `#${slugify(text)}`;
