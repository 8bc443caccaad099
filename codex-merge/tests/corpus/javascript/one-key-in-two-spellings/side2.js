const client = createClient({
  host: 'localhost',
  retries: 2,
  user: 'app',
  schema: 'public',
  'timeout': 900,
});

module.exports = client;
