import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import type { ISql, Sql, TransactionSql } from 'postgres';

/** The pool and, over the same pool, drizzle for plain reads and writes of lists. */
export interface Db {
  sql: Sql;
  orm: PostgresJsDatabase;
}

/** An open transaction: what a command asks for when several statements must stand together. Only a route opens one. */
export type Tx = TransactionSql;

/** Anything that reads: the pool or an open transaction. */
export type Reader = ISql;

export function createDb(sql: Sql): Db {
  // Drizzle replaces the client's parsers for times by plain text; every other reader here wants a Date.
  const parseTime = sql.options.parsers[TIMESTAMPTZ];
  const orm = drizzle(sql);
  if (parseTime) sql.options.parsers[TIMESTAMPTZ] = parseTime;
  return { sql, orm };
}

const TIMESTAMPTZ = 1184;
