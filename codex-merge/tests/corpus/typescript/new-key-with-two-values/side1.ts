export const DEFAULTS = {
  host: 'localhost',
  port: 8080,
  timeoutMs: 1000
};
