export const SUPPORTED_LOCALES = [
  'de',
  'en',
];

export const FALLBACKS = [SUPPORTED_LOCALES[1]];
