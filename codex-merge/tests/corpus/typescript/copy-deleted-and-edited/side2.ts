export async function shutdown(): Promise<void> {
  try {
    await flush(cache);
  } catch (error) {
    report(error);
  }
  try {
    await flush(index);
  } catch (error) {
    report(error, 'index');
  }
}
