import { isHolding } from '../ledger/index.ts';
import type { Reader } from '../platform/database/db.ts';

/** What is kept for a household, and the points that it has put aside for it. */
export interface HeldGoods {
  /** The act that keeps it. */
  seq: number;
  until: string;
  centipoints: number;
  goods: { name: string; unit: string; quantity: number }[];
}

/** What runs out first comes first. */
export async function heldGoods(sql: Reader, villageId: number, accountId: number): Promise<HeldGoods[]> {
  return sql<HeldGoods[]>`
    select act.seq,
           act.facts ->> 'until' as until,
           -entry.amount_centipoints as centipoints,
           (
             select jsonb_agg(
                      jsonb_build_object('name', goods.name, 'unit', goods.unit, 'quantity', line.quantity)
                      order by goods.code
                    )
               from jsonb_to_recordset(act.facts -> 'goods') as line(code text, quantity integer)
               join goods
                 on goods.village_id = act.village_id
                and goods.code = line.code
           ) as goods
      from act
      join entry
        on entry.village_id = act.village_id
       and entry.seq = act.seq
     where act.village_id = ${villageId}
       and entry.account_id = ${accountId}
       and ${isHolding(sql)}
     order by act.facts ->> 'until', act.seq`;
}
