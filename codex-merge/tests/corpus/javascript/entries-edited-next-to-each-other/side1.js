const client = createClient({
  host: 'localhost',
  retries: 4,
  user: 'app',
  schema: 'public',
});

module.exports = client;
