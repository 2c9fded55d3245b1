import { type Config, readConfig } from '../../src/platform/config.ts';
import type { PostgresOptions } from '../../src/platform/database/connect.ts';

/** The same database as an operator names it. */
export function databaseUrlOf({ host, port, user, password, database }: PostgresOptions): string {
  const login = password === undefined ? user : `${user}:${password}`;
  return host.startsWith('/')
    ? `postgres://${login}@localhost:${port}/${database}?host=${encodeURIComponent(host)}`
    : `postgres://${login}@${host}:${port}/${database}`;
}

export function configOf(dataDir: string, options: PostgresOptions): Config {
  const settings = { DATA_DIR: dataDir, DEMO: 'off', LOG_LEVEL: 'silent', DATABASE_URL: databaseUrlOf(options) };
  const config = readConfig(settings);
  if ('refused' in config) throw new Error(config.message);
  return config;
}
