export default {
  build: {
    target: 'es2020',
    minify: true,
    sourcemap: true,
  },
  server: {
    port: 3000,
    open: false,
  },
};
