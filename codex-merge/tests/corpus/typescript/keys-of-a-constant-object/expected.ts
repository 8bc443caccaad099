export const ROUTES = {
  home: '/',
  login: '/login',
  profile: '/profile',
  help: '/help',
  terms: '/help/terms',
} as const;

export type Route = (typeof ROUTES)[keyof typeof ROUTES];
