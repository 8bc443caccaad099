export const SUPPORTED_LOCALES = [
  'de',
  'en',
  'fr',
  'cs',
  'pl',
];

export const FALLBACKS = [SUPPORTED_LOCALES[1]];
