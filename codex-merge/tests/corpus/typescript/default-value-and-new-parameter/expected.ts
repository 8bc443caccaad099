export async function fetchPage(url: string, retries = 5, signal?: AbortSignal): Promise<Page> {
  const response = await withRetries(retries, () => fetch(url, { signal }));
  return response.json();
}
