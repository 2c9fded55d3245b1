import type { Reader } from '../platform/database/db.ts';
import { type Read, readAlone, toRead } from '../platform/database/read-at-once.ts';

/** Months whose record is published: a new act may not fall into them. */
export function closedMonths(sql: Reader, villageId: number): Promise<Set<string>> {
  return readAlone(closedMonthsRead(sql, villageId));
}

export function closedMonthsRead(sql: Reader, villageId: number): Read<Set<string>> {
  const query = sql<{ month: string }[]>`
    select month
      from closed_period
     where village_id = ${villageId}`;
  return toRead(query, (rows) => new Set(rows.map(({ month }) => month)));
}
