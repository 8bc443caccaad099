export const SUPPORTED_LOCALES = [
  'de',
  'en',
  'fr',
];

export const FALLBACKS = [SUPPORTED_LOCALES[1]];
