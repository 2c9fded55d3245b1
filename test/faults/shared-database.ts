import type { PostgresOptions } from '../../src/platform/database/connect.ts';

/** What an operator writes into DATABASE_URL for this database. */
export function databaseUrl({ host, port, user, password, database }: PostgresOptions): string {
  const login = password === undefined ? user : `${user}:${encodeURIComponent(password)}`;
  return host.startsWith('/')
    ? `postgres://${login}@localhost:${port}/${database}?host=${encodeURIComponent(host)}`
    : `postgres://${login}@${host}:${port}/${database}`;
}
