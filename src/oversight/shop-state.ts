import { uncheckedLots } from '../goods/index.ts';
import type { Reader } from '../platform/database/db.ts';
import type { VillageSettings } from '../settings/index.ts';
import type { ShopState } from './decide-shop-warnings.ts';

/** What the warnings of the shop are worked out of. */
export async function shopState(sql: Reader, villageId: number, settings: VillageSettings): Promise<ShopState> {
  const [found] = await sql<Omit<ShopState, 'limitFen' | 'everyDays'>[]>`
      select (
               select jsonb_build_object('count', count(distinct seq), 'since', min(occurred_on))
                 from ${uncheckedLots(sql, villageId)} as unchecked
             ) as unchecked,
             (
               select jsonb_build_object(
                        'count', count(*),
                        'since', min((proposed_at at time zone 'Asia/Shanghai')::date)
                      )
                 from goods_proposal
                where village_id = ${villageId}
                  and state = 'open'
             ) as proposals,
             (
               select coalesce(max(voucher) - min(voucher) + 1 - count(*), 0)::integer
                 from (
                   select (facts ->> 'voucher')::bigint as voucher
                     from act
                    where village_id = ${villageId}
                      and type = 'stock.in'
                      and facts ? 'voucher'
                 ) as slips
             ) as "missingSlips",
             (
               select min(occurred_on)
                 from stock_move
                where village_id = ${villageId}
                  and n = 1
             ) as "firstReceivedOn",
             (
               select jsonb_build_object(
                        'postedOn', act.occurred_on,
                        'varianceFen', (act.facts ->> 'surplusFen')::bigint + (act.facts ->> 'shortageFen')::bigint,
                        'unexplained', (
                          select count(*)
                            from act as adjusting
                           where adjusting.village_id = act.village_id
                             and adjusting.type = 'stock.adjust'
                             and (adjusting.facts ->> 'stocktake')::bigint = act.seq
                             and adjusting.facts ->> 'cause' = 'unexplained'
                        )
                      )
                 from act
                where act.village_id = ${villageId}
                  and act.type = 'stocktake'
                order by act.seq desc
                limit 1
             ) as "lastStocktake"`;
  if (!found) throw new Error('a query without a table answers one row');
  return { ...found, limitFen: settings.stocktakeLimitFen, everyDays: settings.stocktakeEveryDays };
}
