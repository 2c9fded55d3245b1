import type { Reader } from '../platform/database/db.ts';

/** Months whose record is published: a new act may not fall into them. */
export async function closedMonths(sql: Reader, villageId: number): Promise<Set<string>> {
  const rows = await sql<{ month: string }[]>`
    select month
      from closed_period
     where village_id = ${villageId}`;
  return new Set(rows.map(({ month }) => month));
}
