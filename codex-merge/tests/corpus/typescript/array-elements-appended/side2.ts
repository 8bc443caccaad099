export const SUPPORTED_LOCALES = [
  'de',
  'en',
  'cs',
  'pl',
];

export const FALLBACKS = [SUPPORTED_LOCALES[1]];
