export const DEFAULTS = {
  host: 'localhost',
  port: 9090,
  prefix: '/api'
};
