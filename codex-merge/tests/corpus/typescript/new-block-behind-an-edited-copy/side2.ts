export async function shutdown(): Promise<void> {
  try {
    await flush(cache);
  } catch (error) {
    report(error, 'cache');
  }
  try {
    await flush(index);
  } catch (error) {
    report(error);
  }
}
