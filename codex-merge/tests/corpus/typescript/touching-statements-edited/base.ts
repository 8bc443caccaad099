export function openStore(url: string): Store {
  const timeout = 30;
  const retries = 3;
  const pool = createPool(url, { timeout, retries });
  return new Store(pool);
}
