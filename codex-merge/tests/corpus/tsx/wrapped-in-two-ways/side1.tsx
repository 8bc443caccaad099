export const Root = () => (
  <StoreProvider store={store}>
    <App />
  </StoreProvider>
);
