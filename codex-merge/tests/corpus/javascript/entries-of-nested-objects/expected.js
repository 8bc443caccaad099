export default {
  build: {
    target: 'es2020',
    minify: 'esbuild',
    sourcemap: true,
    outDir: 'dist',
  },
  server: {
    port: 3000,
    open: false,
    host: '0.0.0.0',
  },
};
