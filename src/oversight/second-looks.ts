import { uncheckedLots } from '../goods/index.ts';
import type { Reader } from '../platform/database/db.ts';

/** What others did, and this person may be the second one to look at; nothing of what somebody else has to. */
export interface SecondLooks {
  /** Prices and write-offs. */
  proposals: number;
  receipts: number;
  /** Counts whose differences lie there; who counted posts only small ones. */
  counts: number;
  gifts: number;
}

interface Looker {
  villageId: number;
  personId: number;
  /** At what the person's appointments let it look at all. */
  may: Readonly<Record<keyof SecondLooks, boolean>>;
}

export async function secondLooks(sql: Reader, { villageId, personId, may }: Looker): Promise<SecondLooks> {
  const [found] = await sql<SecondLooks[]>`
    select (
             select count(*)::integer
               from goods_proposal
              where village_id = ${villageId}
                and state = 'open'
                and proposed_by <> ${personId}
                and ${may.proposals}
                and not (kind = 'first' and goods_id in (${goodsAddedBy(sql, villageId, personId)}))
           ) as proposals,
           (
             select count(distinct seq)::integer
               from ${uncheckedLots(sql, villageId)} as unchecked
              where recorded_by <> ${personId}
                and ${may.receipts}
           ) as receipts,
           (
             select count(*)::integer
               from stocktake
              where village_id = ${villageId}
                and state = 'reviewing'
                and opened_by <> ${personId}
                and ${may.counts}
                and not exists (
                  select
                    from stocktake_line
                   where stocktake_line.village_id = stocktake.village_id
                     and stocktake_line.stocktake_id = stocktake.stocktake_id
                     and stocktake_line.counted_by = ${personId}
                )
           ) as counts,
           (
             select count(*)::integer
               from act as received
              where village_id = ${villageId}
                and type = 'gift.receive'
                and recorded_by <> ${personId}
                and ${may.gifts}
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

/** Whoever added goods has no say in their first price, whoever asked for it. */
function goodsAddedBy(sql: Reader, villageId: number, personId: number) {
  return sql`
    select goods.goods_id
      from goods
      join act
        on act.village_id = goods.village_id
       and act.type = 'goods.add'
       and act.facts ->> 'item' = goods.code
     where goods.village_id = ${villageId}
       and act.recorded_by = ${personId}`;
}
