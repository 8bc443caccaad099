const client = createClient({
  host: 'localhost',
  retries: 2,
  user: process.env.DB_USER,
  schema: 'public',
});

module.exports = client;
