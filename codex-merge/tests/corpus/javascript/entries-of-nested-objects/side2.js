export default {
  build: {
    target: 'es2020',
    minify: 'esbuild',
    outDir: 'dist',
  },
  server: {
    port: 3000,
    host: '0.0.0.0',
  },
};
