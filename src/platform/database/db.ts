import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import type { ISql, Sql, TransactionSql } from 'postgres';
import { openReadTogether, type ReadTogether } from './read-together.ts';

/** The pool and, over the same pool, drizzle for plain reads and writes of lists. */
export interface Db {
  sql: Sql;
  orm: PostgresJsDatabase;
  /** For what many ask at about the same time: see read-together.ts. */
  readTogether: ReadTogether;
  /** Sessions apart, for work of seconds or minutes that nobody at a counter may wait behind. */
  background: Sql;
}

/** An open transaction: what a command asks for when several statements must stand together. Only a route opens one. */
export type Tx = TransactionSql;

/** Anything that reads: the pool or an open transaction. */
export type Reader = ISql;

export function createDb(sql: Sql, background: Sql = sql): Db {
  // Drizzle makes the client hand over times and JSON as plain text. Every other query wants them as values, and drizzle's own
  // columns accept both, so the client's conversions are put back. Only jsonb must not be written through `orm`.
  const { parsers, serializers } = sql.options;
  const ours = { parsers: { ...parsers }, serializers: { ...serializers } };
  const orm = drizzle(sql);
  Object.assign(parsers, ours.parsers);
  Object.assign(serializers, ours.serializers);
  return { sql, orm, readTogether: openReadTogether(sql), background };
}
