export async function fetchPage(url: string, retries = 3): Promise<Page> {
  const response = await withRetries(retries, () => fetch(url));
  return response.json();
}
