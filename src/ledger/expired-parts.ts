import type { Reader } from '../platform/database/db.ts';
import { pointLots } from './point-lots.ts';
import { villageTerms } from './terms.ts';

/** How much of the points of each act has expired, by the act's number; only of these accounts, and only where any has. */
export async function expiredParts(
  sql: Reader,
  villageId: number,
  accountIds: readonly number[],
): Promise<Map<number, number>> {
  const expiries = await sql<{ seq: number; accountId: number }[]>`
    select entry.seq,
           entry.account_id as "accountId"
      from entry
      join act
        on act.village_id = entry.village_id
       and act.seq = entry.seq
     where entry.village_id = ${villageId}
       and entry.account_id = any(${[...accountIds]}::integer[])
       and act.type = 'points.expire'`;
  const parts = new Map<number, number>();
  if (expiries.length === 0) return parts;
  const isExpiry = new Set(expiries.map(({ seq }) => seq));
  const concerned = [...new Set(expiries.map(({ accountId }) => accountId))];
  const lots = await pointLots(sql, villageId, await villageTerms(sql, villageId), concerned);
  for (const { draws } of lots.values()) {
    for (const { seq, fromSeq, centipoints } of draws) {
      if (isExpiry.has(seq)) parts.set(fromSeq, (parts.get(fromSeq) ?? 0) + centipoints);
    }
  }
  return parts;
}
