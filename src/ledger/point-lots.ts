import type { Reader } from '../platform/database/db.ts';
import { decideLots, type LotEntry, type Lots, type PointsLife } from './decide-lots.ts';

/** What each of these accounts still holds, by account; every account of the village where none is named. One query. */
export async function pointLots(
  sql: Reader,
  villageId: number,
  life: PointsLife,
  accountIds: readonly number[] | null = null,
): Promise<Map<number, Lots>> {
  const rows = await sql<(LotEntry & { accountId: number })[]>`
    select entry.account_id as "accountId",
           entry.seq,
           entry.amount_centipoints as "amountCentipoints",
           entry.occurred_on as "occurredOn",
           act.type = 'points.open' as "isOpening",
           act.reverses_seq as "reversesSeq",
           act.facts -> 'pieces' as pieces
      from entry
      join act
        on act.village_id = entry.village_id
       and act.seq = entry.seq
     where entry.village_id = ${villageId}
       and (${accountIds === null}::boolean or entry.account_id = any(${[...(accountIds ?? [])]}::integer[]))
     order by entry.account_id, entry.n`;
  const entries = new Map<number, LotEntry[]>();
  for (const { accountId, ...entry } of rows) {
    const known = entries.get(accountId);
    if (known) known.push(entry);
    else entries.set(accountId, [entry]);
  }
  return new Map([...entries].map(([accountId, ofAccount]) => [accountId, decideLots(ofAccount, life)]));
}
