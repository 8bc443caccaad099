export async function shutdown(): Promise<void> {
  try {
    await flush(cache);
  } catch (error) {
    report(error);
  }
}
