export const Root = () => (
  <ErrorBoundary>
    <App />
  </ErrorBoundary>
);
