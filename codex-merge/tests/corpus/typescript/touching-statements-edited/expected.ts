export function openStore(url: string): Store {
  const timeout = 60;
  const retries = 5;
  const pool = createPool(url, { timeout, retries });
  return new Store(pool);
}
