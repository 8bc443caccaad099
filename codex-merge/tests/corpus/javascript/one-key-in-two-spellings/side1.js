const client = createClient({
  timeout: 500,
  host: 'localhost',
  retries: 2,
  user: 'app',
  schema: 'public',
});

module.exports = client;
