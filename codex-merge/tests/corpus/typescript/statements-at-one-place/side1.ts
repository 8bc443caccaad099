export async function bootstrap(): Promise<void> {
  const config = await loadConfig();
  await connect(config.database);
  await migrate(config.database);

  listen(config.port);
}
