import { quotaUse } from '../goods/index.ts';
import { isRestricted, priceInForce } from '../ledger/index.ts';
import type { Reader } from '../platform/database/db.ts';
import { decidedIn, isSwitchedOnAmong } from '../settings/index.ts';
import type { RedemptionBasis, RedemptionRequest } from './decide-redemption.ts';

/** Everything that the decision needs, in one round trip: the card, the goods asked for, their lots, and what the household had of them. */
export async function redemptionBasis(
  sql: Reader,
  villageId: number,
  { card, lines }: RedemptionRequest,
  today: string,
): Promise<RedemptionBasis> {
  const codes = [...new Set(lines.map(({ code }) => code))];
  const account = sql`(select account_id from holder)`;
  const [basis] = await sql<RedemptionBasis[]>`
    with decided as materialized (${decidedIn(sql, villageId)}), holder as materialized (
      select account.account_id,
             jsonb_build_object(
               'number', card.number,
               'accountId', account.account_id,
               'pseudonym', account.pseudonym,
               'headName', household.head_name,
               'status', account.status,
               'balanceCentipoints', account.balance_centipoints,
               'baseCentipoints', case
                 when ${isSwitchedOnAmong(sql, 'baseStays')} then (
                   select opening_centipoints
                     from village_terms
                    where village_terms.village_id = card.village_id
                 )
                 else 0
               end,
               'lastN', account.last_n,
               'hasPin', exists (
                 select
                   from card_pin
                  where card_pin.village_id = card.village_id
                    and card_pin.household_id = card.household_id
               )
             ) as card
        from card
        join household
          on household.village_id = card.village_id
         and household.household_id = card.household_id
        join account
          on account.village_id = card.village_id
         and account.holder_id = card.household_id
         and account.kind = 'spendable'
       where card.village_id = ${villageId}
         and card.number = ${card}
         and card.ended_at is null
    )
    select (select right(code, 6) from region where region_id = ${villageId}) as "cardPrefix",
           (select holder.card from holder) as card,
           coalesce((
             select jsonb_agg(
                      jsonb_build_object(
                        'goodsId', goods.goods_id,
                        'code', goods.code,
                        'priceCentipoints', ${priceInForce(sql, today)},
                        'lots', (
                          select coalesce(jsonb_agg(
                                   jsonb_build_object('lotId', lot_id, 'quantityOnHand', quantity_on_hand)
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
              where goods.village_id = ${villageId}
                and goods.code = any(${codes}::text[])
                and goods.is_offered
                and not ${isRestricted(sql)}
           ), '[]') as goods,
           case
             when ${isSwitchedOnAmong(sql, 'quotasHold')} then (
               select coalesce(jsonb_agg(taken), '[]')
                 from (${quotaUse(sql, { villageId, account, codes, today })}) as taken
             )
           end as quotas`;
  if (!basis) throw new Error('a query without a source of rows gave none');
  return basis;
}
