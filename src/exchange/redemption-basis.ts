import { hasPin } from '../cards/index.ts';
import { type QuotaUse, quotaUse } from '../goods/index.ts';
import { isRestricted, lockedPoints, NOTHING_LOCKED, priceInForce } from '../ledger/index.ts';
import type { Sql } from '../platform/database/connect.ts';
import type { Db } from '../platform/database/db.ts';
import { decidedIn, isSaidAmong, isSwitchedOnAmong } from '../settings/index.ts';
import type { RedemptionBasis, RedemptionRequest } from './decide-redemption.ts';

interface Question extends Pick<RedemptionRequest, 'card' | 'lines'> {
  villageId: number;
  today: string;
}

type Card = Omit<NonNullable<RedemptionBasis['card']>, 'lockedCentipoints' | 'earnCentipoints'>;

type Found = Pick<RedemptionBasis, 'cardPrefix' | 'goods'> & { quotasHold: boolean; matchesGifts: boolean } & (
    | Card
    | { [Name in keyof Card]: null }
  );

/**
 * Everything that the decision needs: the card, the goods asked for and their lots, read together with what other counters ask for at
 * the moment. What the household had of them is asked for where there are limits alone: as a part of that statement it would cost
 * every exchange a quarter more, needed or not. Nothing can come between the two, for the decision stands on the account's last entry.
 */
export async function redemptionBasis({ sql, readTogether }: Db, question: Question): Promise<RedemptionBasis> {
  const found = await readTogether(foundFor, question);
  const { villageId, today } = question;
  if (!found) throw new Error(`there is no village ${villageId}`);
  const { cardPrefix, goods, quotasHold, matchesGifts, ...card } = found;
  if (card.accountId === null) return { cardPrefix, goods, card: null, quotas: null };
  const codes = codesOf(question);
  const quotas = quotasHold
    ? await sql<QuotaUse[]>`${quotaUse(sql, { villageId, account: card.accountId, codes, today })}`
    : null;
  const locked = matchesGifts ? await lockedPoints(sql, { villageId, accountIds: [card.accountId], today }) : null;
  const { lockedCentipoints, earnCentipoints } = locked?.get(card.accountId) ?? NOTHING_LOCKED;
  return { cardPrefix, goods, card: { ...card, lockedCentipoints, earnCentipoints }, quotas };
}

function codesOf({ lines }: Question): string[] {
  return [...new Set(lines.map(({ code }) => code))];
}

/** To make such a statement ready takes longer than to answer one question by it. */
async function foundFor(sql: Sql, questions: Question[]): Promise<ReadonlyMap<Question, Found>> {
  const asked = {
    villages: questions.map(({ villageId }) => villageId),
    cards: questions.map(({ card }) => card),
    codes: questions.map((question) => JSON.stringify(codesOf(question))),
    days: questions.map(({ today }) => today),
  };
  const day = sql`asked.day`;
  // Columns, and JSON as text: to build a binary document and write it out again takes a fifth of the time.
  const rows = await sql<(Found & { n: number })[]>`
    select asked.n::integer,
           found.*
      from unnest(
             ${asked.villages}::bigint[], ${asked.cards}::text[], ${asked.codes}::text[], ${asked.days}::text[]
           ) with ordinality as asked (village_id, card, codes, day, n)
     cross join lateral (
      with decided as materialized (${decidedIn(sql, sql`asked.village_id`)})
      select right(region.code, 6) as "cardPrefix",
             card.number,
             account.account_id as "accountId",
             account.pseudonym,
             household.head_name as "headName",
             account.status,
             account.balance_centipoints as "balanceCentipoints",
             case
               when ${isSwitchedOnAmong(sql, 'baseStays')} then (
                 select opening_centipoints
                   from village_terms
                  where village_terms.village_id = region.region_id
               )
               else 0
             end as "baseCentipoints",
             account.last_n as "lastN",
             ${hasPin(sql)} as "hasPin",
             coalesce((
               select json_agg(
                        json_build_object(
                          'goodsId', goods.goods_id,
                          'code', goods.code,
                          'priceCentipoints', ${priceInForce(sql, day)},
                          'lots', (
                            select coalesce(json_agg(
                                     json_build_object('lotId', lot_id, 'quantityOnHand', quantity_on_hand)
                                     order by use_by nulls last, lot_id
                                   ), '[]')
                              from stock_lot
                             where stock_lot.village_id = goods.village_id
                               and stock_lot.goods_id = goods.goods_id
                               and quantity_on_hand > 0
                               and not awaits_check
                               and (use_by is null or use_by >= asked.day::date)
                          )
                        )
                      )
                 from goods
                where goods.village_id = region.region_id
                  and goods.code = any(array(select json_array_elements_text(asked.codes::json)))
                  and goods.is_offered
                  and not ${isRestricted(sql)}
             ), '[]') as goods,
             ${isSwitchedOnAmong(sql, 'quotasHold')} as "quotasHold",
             ${isSaidAmong(sql, 'giftMatch')} as "matchesGifts"
        from region
        left join card
          on card.village_id = region.region_id
         and card.number = asked.card
         and card.ended_at is null
        left join household
          on household.village_id = card.village_id
         and household.household_id = card.household_id
        left join account
          on account.village_id = card.village_id
         and account.holder_id = card.household_id
         and account.kind = 'spendable'
       where region.region_id = asked.village_id
    ) as found`;
  return new Map(rows.map(({ n, ...found }) => [questions[n - 1] as Question, found]));
}
