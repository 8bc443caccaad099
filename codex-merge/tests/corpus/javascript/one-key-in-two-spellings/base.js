const client = createClient({
  host: 'localhost',
  retries: 2,
  user: 'app',
  schema: 'public',
});

module.exports = client;
