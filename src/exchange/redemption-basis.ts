import { type QuotaUse, quotaUse } from '../goods/index.ts';
import { isRestricted, lockedPoints, NOTHING_LOCKED, priceInForce } from '../ledger/index.ts';
import type { Reader } from '../platform/database/db.ts';
import { decidedIn, isSaidAmong, isSwitchedOnAmong } from '../settings/index.ts';
import type { RedemptionBasis, RedemptionRequest } from './decide-redemption.ts';

type Card = Omit<NonNullable<RedemptionBasis['card']>, 'lockedCentipoints' | 'earnCentipoints'>;

type Found = Pick<RedemptionBasis, 'cardPrefix' | 'goods'> & { quotasHold: boolean; matchesGifts: boolean } & (
    | Card
    | { [Name in keyof Card]: null }
  );

/**
 * Everything that the decision needs, in one round trip: the card, the goods asked for and their lots. What the household had of them
 * is asked for where there are limits alone: as a part of this statement it would cost every exchange a quarter more, needed or not.
 * Nothing can come between the two, for the decision stands on the account's last entry.
 */
export async function redemptionBasis(
  sql: Reader,
  villageId: number,
  { card: number, lines }: RedemptionRequest,
  today: string,
): Promise<RedemptionBasis> {
  const codes = [...new Set(lines.map(({ code }) => code))];
  // Columns, and JSON as text: to build a binary document and write it out again takes a fifth of the time.
  const [found] = await sql<Found[]>`
    with decided as materialized (${decidedIn(sql, villageId)})
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
           exists (
             select
               from card_pin
              where card_pin.village_id = card.village_id
                and card_pin.household_id = card.household_id
           ) as "hasPin",
           coalesce((
             select json_agg(
                      json_build_object(
                        'goodsId', goods.goods_id,
                        'code', goods.code,
                        'priceCentipoints', ${priceInForce(sql, today)},
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
                             and (use_by is null or use_by >= ${today})
                        )
                      )
                    )
               from goods
              where goods.village_id = region.region_id
                and goods.code = any(${codes}::text[])
                and goods.is_offered
                and not ${isRestricted(sql)}
           ), '[]') as goods,
           ${isSwitchedOnAmong(sql, 'quotasHold')} as "quotasHold",
           ${isSaidAmong(sql, 'giftMatch')} as "matchesGifts"
      from region
      left join card
        on card.village_id = region.region_id
       and card.number = ${number}
       and card.ended_at is null
      left join household
        on household.village_id = card.village_id
       and household.household_id = card.household_id
      left join account
        on account.village_id = card.village_id
       and account.holder_id = card.household_id
       and account.kind = 'spendable'
     where region.region_id = ${villageId}`;
  if (!found) throw new Error(`there is no village ${villageId}`);
  const { cardPrefix, goods, quotasHold, matchesGifts, ...card } = found;
  if (card.accountId === null) return { cardPrefix, goods, card: null, quotas: null };
  const question = { villageId, account: card.accountId, codes, today };
  const quotas = quotasHold ? await sql<QuotaUse[]>`${quotaUse(sql, question)}` : null;
  const locked = matchesGifts ? await lockedPoints(sql, { villageId, accountIds: [card.accountId], today }) : null;
  const { lockedCentipoints, earnCentipoints } = locked?.get(card.accountId) ?? NOTHING_LOCKED;
  return { cardPrefix, goods, card: { ...card, lockedCentipoints, earnCentipoints }, quotas };
}
