export async function bootstrap(): Promise<void> {
  const config = await loadConfig();
  await connect(config.database);
  await warmCaches();

  listen(config.port);
}
