export const ROUTES = {
  home: '/',
  login: '/login',
  help: '/help',
  terms: '/help/terms',
} as const;

export type Route = (typeof ROUTES)[keyof typeof ROUTES];
