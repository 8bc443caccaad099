export async function poll(url: string, controller: AbortController): Promise<Status> {
  const response = await fetch(url, { method: 'GET', cache: 'reload' });
  return response.json();
}
