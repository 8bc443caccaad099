import { Config, loadConfig } from './config';

export function describe(config: Config): string {
  return `${config.name} (${config.mode})`;
}

export const modes = ['dev', 'live', loadConfig().mode];
