export const DEFAULTS = {
  host: 'localhost',
  port: 8080,
  secure: false
};
