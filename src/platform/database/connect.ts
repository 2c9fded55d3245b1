/**
 * Every connection to PostgreSQL is opened here, so every session has the same time zone and the same time limits.
 * bigint arrives as a number (or throws when a number cannot hold it), date as a plain `2026-11-21`,
 * timestamptz as a Date, json as its value. numeric stays text: cast a `sum(bigint)` back to bigint in the query.
 */
import postgres from 'postgres';
import { OperatorError } from '../operator-error.ts';
import { arrayTypes } from './array-types.ts';

export type Sql = postgres.Sql;

/** Plain data, so that the primary can send it to a worker. */
export interface PostgresOptions {
  /** A host name or address, or the folder of a unix socket. */
  host: string;
  port: number;
  user: string;
  password?: string | undefined;
  database: string;
  ssl?: 'require' | 'prefer' | 'verify-full' | undefined;
  /** `set role` at the start of each session; see `asAppRole`. */
  role?: string | undefined;
}

export const OWNER_ROLE = 'love_supermarket_owner';
export const APP_ROLE = 'love_supermarket_app';
export const DATABASE_NAME = 'love_supermarket';

export interface ConnectOptions {
  max: number;
  /** What `pg_stat_activity` shows. */
  applicationName: string;
  /** 10 s unless told otherwise; migrations and the loading of demo data may take longer. 0 is no limit. */
  statementTimeoutMs?: number | undefined;
  /**
   * A statement is planned once a session instead of whenever PostgreSQL believes that its values may matter. Here every one begins
   * at an index with its village, and planning took longer than doing. Not for work that walks over everything.
   */
  plansOnce?: boolean | undefined;
}

export function connect(options: PostgresOptions, settings: ConnectOptions): Sql {
  const statementTimeoutMs = settings.statementTimeoutMs ?? 10_000;
  return postgres({
    ...address(options),
    user: options.user,
    ...(options.password === undefined ? {} : { password: options.password }),
    database: options.database,
    ssl: options.ssl ?? false,
    max: settings.max,
    connect_timeout: 10,
    // The default waits up to 20 s after a lost database; a village that can be served again should be.
    backoff: (attempt: number) => Math.min(0.05 * 2 ** attempt, 0.5),
    prepare: true,
    onnotice: () => {},
    fetch_types: false,
    types: { bigint, day, json, ...arrayTypes([bigint, day]) },
    connection: {
      application_name: settings.applicationName,
      TimeZone: 'UTC',
      // Every statement here is short; compiling one takes longer than running it.
      jit: 'off',
      statement_timeout: statementTimeoutMs,
      lock_timeout: 2_500,
      idle_in_transaction_session_timeout: 10_000,
      ...(settings.plansOnce && { plan_cache_mode: 'force_generic_plan' }),
      ...(options.role === undefined ? {} : { role: options.role }),
    },
  });
}

/**
 * With a DATABASE_URL there is one login for everything: the app's sessions give up its rights at once by
 * becoming the role that the migrations granted to it.
 */
export function asAppRole(options: PostgresOptions): PostgresOptions {
  return { ...options, role: APP_ROLE };
}

export function parseDatabaseUrl(databaseUrl: string): PostgresOptions {
  const url = new URL(databaseUrl);
  const database = decodeURIComponent(url.pathname.slice(1));
  const user = decodeURIComponent(url.username);
  const host = url.searchParams.get('host') ?? decodeURIComponent(url.hostname).replace(/^\[|\]$/g, '');
  if (database === '' || user === '' || host === '') {
    throw new OperatorError(
      'DATABASE_URL must name a user, a host and a database: postgres://user:password@host:5432/database',
      'DATABASE_URL 必须写明用户、主机和数据库：postgres://用户:密码@主机:5432/数据库',
    );
  }
  const ssl = sslModes[url.searchParams.get('sslmode') ?? 'disable'];
  return {
    host,
    port: Number(url.port || 5432),
    user,
    password: url.password === '' ? undefined : decodeURIComponent(url.password),
    database,
    ssl,
  };
}

/** Refuses a server that is none of PostgreSQL 15 to 18, and one that cannot be reached. */
export async function checkServerVersion(options: PostgresOptions): Promise<void> {
  const sql = connect(options, { max: 1, applicationName: 'love-supermarket version check' });
  let version: number;
  try {
    const [row] = await sql<{ version: number }[]>`select current_setting('server_version_num')::int as version`;
    version = row?.version ?? 0;
  } catch (error) {
    const code = (error as { code?: string }).code ?? 'unknown';
    throw new OperatorError(
      `The database at ${options.host}:${options.port} does not let us in (${code}). Check DATABASE_URL.`,
      `无法连接数据库 ${options.host}:${options.port}（${code}）。请检查 DATABASE_URL。`,
    );
  } finally {
    await sql.end({ timeout: 1 });
  }
  if (version < 150_000 || version >= 190_000) {
    const major = Math.floor(version / 10_000);
    throw new OperatorError(
      `PostgreSQL 15 to 18 is needed; DATABASE_URL leads to version ${major}.`,
      `需要 PostgreSQL 15 至 18；DATABASE_URL 指向的是版本 ${major}。`,
    );
  }
}

const sslModes: Record<string, PostgresOptions['ssl']> = {
  disable: undefined,
  allow: 'prefer',
  prefer: 'prefer',
  require: 'require',
  'verify-ca': 'verify-full',
  'verify-full': 'verify-full',
};

function address({ host, port }: PostgresOptions): { path: string } | { host: string; port: number } {
  if (host.startsWith('/')) return { path: `${host}/.s.PGSQL.${port}` };
  // postgres.js cuts a host at its first colon, but not the hosts of a list, which its types leave out.
  return { host: host.includes(':') ? ([host] as unknown as string) : host, port };
}

const bigint = {
  to: 20,
  arrayOid: 1016,
  from: [20],
  parse: (text: string): number => safeInteger(Number(text)),
  serialize: (value: number | bigint | string): string =>
    typeof value === 'number' ? String(safeInteger(value)) : String(value),
};

const day = {
  to: 1082,
  arrayOid: 1182,
  from: [1082],
  parse: (text: string): string => text,
  serialize: (value: string): string => value,
};

const json = {
  to: 3802,
  from: [114, 3802],
  parse: (text: string): unknown => JSON.parse(text),
  // Text is taken for JSON already: drizzle writes its own, and encoding that again would store a string.
  serialize: (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value)),
};

function safeInteger(value: number): number {
  if (!Number.isSafeInteger(value)) throw new RangeError('a bigint is beyond the integers that a number can hold');
  return value;
}
