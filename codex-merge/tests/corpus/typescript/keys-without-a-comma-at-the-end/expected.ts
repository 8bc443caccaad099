export const DEFAULTS = {
  host: 'localhost',
  port: 9090,
  secure: false,
  prefix: '/api'
};
