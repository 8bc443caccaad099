export const ROUTES = {
  home: '/',
  login: '/login',
  profile: '/profile',
} as const;

export type Route = (typeof ROUTES)[keyof typeof ROUTES];
