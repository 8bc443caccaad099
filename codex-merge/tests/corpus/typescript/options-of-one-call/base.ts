export async function poll(url: string, controller: AbortController): Promise<Status> {
  const response = await fetch(url, { method: 'GET', cache: 'no-store' });
  return response.json();
}
