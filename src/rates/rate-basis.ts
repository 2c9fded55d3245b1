import { allCards } from '../cards/index.ts';
import { linesInPublicity } from '../claims/index.ts';
import { priceForValue } from '../goods/index.ts';
import {
  convertedCentipoints,
  isHolding,
  isRestricted,
  newestValueFen,
  pointLots,
  priceInForce,
  priceMethodInForce,
  villageTerms,
} from '../ledger/index.ts';
import type { Reader } from '../platform/database/db.ts';
import type { PricedGoods, RateBasis } from './decide-rate-change.ts';

/** Everything that a change of the rate converts, and the size of the record at which all of it stood like that. */
export async function rateBasis(
  sql: Reader,
  { villageId, fenPerPoint: rate, today }: { villageId: number; fenPerPoint: number; today: string },
): Promise<RateBasis & { logSize: number }> {
  // First, so that nothing of what follows is older.
  const [waiting] = await sql<Omit<RateBasis & { logSize: number }, 'households' | 'lines' | 'goods'>[]>`
    select log_head.size as "logSize",
           village_terms.fen_per_point as "fenPerPoint",
           village_terms.opening_centipoints as "openingCentipoints",
           (
             select count(*)
               from act
              where act.village_id = ${villageId}
                and ${isHolding(sql)}
           ) as held,
           (
             select count(*)
               from goods_proposal
              where goods_proposal.village_id = ${villageId}
                and kind in ('price', 'first')
                and state = 'open'
           ) as proposals
      from log_head
      join village_terms
        on village_terms.village_id = log_head.village_id
     where log_head.village_id = ${villageId}`;
  if (!waiting) throw new Error(`village ${villageId} has no ledger`);
  const [cards, lots, lines, goods] = await Promise.all([
    allCards(sql, villageId),
    villageTerms(sql, villageId).then((terms) => pointLots(sql, villageId, terms)),
    linesInPublicity(sql, villageId),
    valuedGoods(sql, villageId, today),
  ]);
  const { fenPerPoint: was } = waiting;
  const households = cards.flatMap(({ accountId, balanceCentipoints, ...card }) => {
    const held = lots.get(accountId);
    if (balanceCentipoints === 0 || !held) return [];
    const converted = convertedCentipoints(held, { was, rate });
    return [{ ...card, accountId, balanceCentipoints, convertedCentipoints: converted }];
  });
  return { ...waiting, households, lines, goods: goods.map((item) => pricedAt(item, { was, rate, today })) };
}

interface ValuedGoods {
  code: string;
  name: string;
  /** Of the newest lot. */
  valueFen: number;
  prices: { priceCentipoints: number; effective: string | null; method: string }[];
}

/** What the rate made costs what it is worth; what somebody's word made costs as much as it did. */
function pricedAt(
  { code, name, valueFen, prices }: ValuedGoods,
  { was, rate, today }: { was: number; rate: number; today: string },
): PricedGoods {
  return {
    code,
    name,
    prices: prices.map(({ priceCentipoints, effective, method }) => ({
      priceCentipoints,
      newCentipoints: priceForValue(
        isByWord({ priceCentipoints, method, valueFen }, was) ? (priceCentipoints * was) / 100 : valueFen,
        rate,
      ),
      effective: effective ?? today,
    })),
  };
}

/** A first price is somebody's word where it is not what the rate gives. */
function isByWord(
  { method, priceCentipoints, valueFen }: { method: string; priceCentipoints: number; valueFen: number },
  was: number,
): boolean {
  return method === 'hand' || (method === 'first' && priceCentipoints !== priceForValue(valueFen, was));
}

/** What is on the shelf, or will be once its first price is approved, with the price of today, by whom it was made, and prices that were announced for later. */
function valuedGoods(sql: Reader, villageId: number, today: string): Promise<ValuedGoods[]> {
  return sql<ValuedGoods[]>`
    select goods.code,
           goods.name,
           ${newestValueFen(sql)} as "valueFen",
           jsonb_build_array(jsonb_build_object(
             'priceCentipoints', ${priceInForce(sql, today)},
             'effective', null,
             'method', ${priceMethodInForce(sql, today)}
           )) || coalesce((
             select jsonb_agg(
                      jsonb_build_object(
                        'priceCentipoints', (later.facts ->> 'price')::integer,
                        'effective', later.facts ->> 'effective',
                        'method', later.facts ->> 'method'
                      ) order by later.seq
                    )
               from act as later
              where later.village_id = goods.village_id
                and later.type = 'goods.price'
                and later.facts ->> 'item' = goods.code
                and later.facts ->> 'effective' > ${today}
                and not exists (
                  select
                    from act as newer
                   where newer.village_id = later.village_id
                     and newer.type = 'goods.price'
                     and newer.facts ->> 'item' = goods.code
                     and newer.facts ->> 'effective' = later.facts ->> 'effective'
                     and newer.seq > later.seq
                )
           ), '[]') as prices
      from goods
     where goods.village_id = ${villageId}
       and not ${isRestricted(sql)}
     order by goods.code`;
}
