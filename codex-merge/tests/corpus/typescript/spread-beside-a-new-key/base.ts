export function buildConfig(env: Env): Config {
  return {
    name: env.name,
    debug: false,
  };
}
