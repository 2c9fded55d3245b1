import { uncheckedLots } from '../goods/index.ts';
import type { Reader } from '../platform/database/db.ts';

/** What somebody else than this person did, and a second one has to look at. */
export interface SecondLooks {
  /** Prices and write-offs. */
  proposals: number;
  receipts: number;
  /** Counts whose differences lie there; who counted posts only small ones. */
  counts: number;
  gifts: number;
}

export async function secondLooks(
  sql: Reader,
  { villageId, personId }: { villageId: number; personId: number },
): Promise<SecondLooks> {
  const [found] = await sql<SecondLooks[]>`
    select (
             select count(*)::integer
               from goods_proposal
              where village_id = ${villageId}
                and state = 'open'
                and proposed_by <> ${personId}
           ) as proposals,
           (
             select count(distinct seq)::integer
               from ${uncheckedLots(sql, villageId)} as unchecked
              where recorded_by <> ${personId}
           ) as receipts,
           (
             select count(*)::integer
               from stocktake
              where village_id = ${villageId}
                and state = 'reviewing'
                and opened_by <> ${personId}
           ) as counts,
           (
             select count(*)::integer
               from act as received
              where village_id = ${villageId}
                and type = 'gift.receive'
                and recorded_by <> ${personId}
                and not exists (
                  select
                    from act as inspected
                   where inspected.village_id = received.village_id
                     and inspected.type = 'gift.inspect'
                     and inspected.facts -> 'gift' = received.facts -> 'gift'
                )
           ) as gifts`;
  if (!found) throw new Error('a query without a table answers one row');
  return found;
}
