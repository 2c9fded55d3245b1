import type { Reader } from '../platform/database/db.ts';
import type { RedemptionBasis } from './decide-redemption.ts';

export interface BasisQuestion {
  villageId: number;
  /** Its number. */
  card: string;
  /** Of the goods that are asked for. */
  codes: readonly string[];
  today: string;
}

/** Everything that the decisions need, for any number of exchanges in one round trip: card, goods and their lots. */
export async function redemptionBases(
  sql: Reader,
  asked: BasisQuestion[],
): Promise<Map<BasisQuestion, RedemptionBasis>> {
  const questions = asked.map(({ villageId, ...one }, place) => ({ ...one, place, village_id: villageId }));
  const rows = await sql<(RedemptionBasis & { place: number })[]>`
    select place,
           (select right(code, 6) from region where region_id = asked.village_id) as "cardPrefix",
           (
             select jsonb_build_object(
                      'number', card.number,
                      'accountId', account.account_id,
                      'pseudonym', account.pseudonym,
                      'headName', household.head_name,
                      'status', account.status,
                      'balanceCentipoints', account.balance_centipoints,
                      'hasPin', exists (
                        select
                          from card_pin
                         where card_pin.village_id = card.village_id
                           and card_pin.household_id = card.household_id
                      )
                    )
               from card
               join household
                 on household.village_id = card.village_id
                and household.household_id = card.household_id
               join account
                 on account.village_id = card.village_id
                and account.holder_id = card.household_id
                and account.kind = 'spendable'
              where card.village_id = asked.village_id
                and card.number = asked.card
                and card.ended_at is null
           ) as card,
           coalesce((
             select jsonb_agg(
                      jsonb_build_object(
                        'goodsId', goods.goods_id,
                        'code', goods.code,
                        'priceCentipoints', goods.price_centipoints,
                        'lots', (
                          select coalesce(jsonb_agg(
                                   jsonb_build_object('lotId', lot_id, 'quantityOnHand', quantity_on_hand)
                                   order by use_by nulls last, lot_id
                                 ), '[]')
                            from stock_lot
                           where stock_lot.village_id = goods.village_id
                             and stock_lot.goods_id = goods.goods_id
                             and quantity_on_hand > 0
                             and (use_by is null or use_by >= asked.today)
                        )
                      )
                    )
               from goods
              where goods.village_id = asked.village_id
                and goods.code = any(asked.codes)
                and goods.is_offered
           ), '[]') as goods
      from jsonb_to_recordset(${JSON.stringify(questions)}::text::jsonb)
             as asked(place integer, village_id integer, card text, codes text[], today date)`;
  return new Map(rows.map(({ place, ...basis }) => [asked[place] as BasisQuestion, basis]));
}
