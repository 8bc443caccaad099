export async function fetchPage(url: string, retries = 5): Promise<Page> {
  const response = await withRetries(retries, () => fetch(url));
  return response.json();
}
