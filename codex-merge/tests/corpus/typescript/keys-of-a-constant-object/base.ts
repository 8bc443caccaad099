export const ROUTES = {
  home: '/',
  login: '/login',
} as const;

export type Route = (typeof ROUTES)[keyof typeof ROUTES];
