export default {
  build: {
    target: 'es2020',
    minify: true,
  },
  server: {
    port: 3000,
  },
};
