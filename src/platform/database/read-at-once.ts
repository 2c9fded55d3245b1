/**
 * Several reads in one statement, all of one moment: the way to the database and back costs more than what most of them read. Rows
 * travel as JSON, so days are text and numbers are numbers as everywhere; instants, bytes and numeric do not belong here.
 */
import type { PendingQuery, Row } from 'postgres';
import type { Reader } from './db.ts';

/** A query that was not sent, and what its rows mean. */
export interface Read<Value> {
  query: PendingQuery<Row[]>;
  meaning(rows: readonly Row[]): Value;
}

export function toRead<Found extends Row, Value>(
  query: PendingQuery<Found[]>,
  meaning: (rows: readonly Found[]) => Value,
): Read<Value> {
  return { query: query as unknown as PendingQuery<Row[]>, meaning: (rows) => meaning(rows as readonly Found[]) };
}

/** The same by itself. */
export async function readAlone<Value>({ query, meaning }: Read<Value>): Promise<Value> {
  return meaning(await query);
}

export async function readAtOnce<Values extends object>(
  sql: Reader,
  reads: { [Name in keyof Values]: Read<Values[Name]> },
): Promise<Values> {
  const named = Object.entries<Read<unknown>>(reads);
  const columns = named.map(
    ([name, { query }], index) =>
      sql`${index > 0 ? sql`, ` : sql``}(select coalesce(json_agg(found), '[]') from (${query}) as found) as ${sql(name)}`,
  );
  const [row] = await sql<Record<string, Row[]>[]>`select ${columns}`;
  return Object.fromEntries(named.map(([name, { meaning }]) => [name, meaning(row?.[name] ?? [])])) as Values;
}
