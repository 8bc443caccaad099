export const Root = () => (
  <App />
);
