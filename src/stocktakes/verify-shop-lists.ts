/** The shop's work lists held against the record: what a list calls posted or approved has its act. */
import type { BadRow } from '../auditlog/index.ts';
import type { Reader } from '../platform/database/db.ts';

export async function verifyShopLists(sql: Reader, villageId: number): Promise<BadRow | null> {
  const [found] = await sql<{ table: string; id: number; state: string }[]>`
    with listed as (
      select 'stocktake' as "table", stocktake_id as id, state, operation_id, 'stocktake' as type
        from stocktake
       where village_id = ${villageId}
         and state = 'posted'
       union all
      select 'goods_proposal',
             proposal_id,
             state,
             operation_id,
             case kind when 'writeoff' then 'stock.writeoff' else 'goods.price' end
        from goods_proposal
       where village_id = ${villageId}
         and state = 'approved'
    )
    select listed."table",
           listed.id,
           listed.state
      from listed
      left join operation
        on operation.village_id = ${villageId}
       and operation.operation_id = listed.operation_id
      left join act
        on act.village_id = operation.village_id
       and act.seq = operation.first_seq
     where act.type is distinct from listed.type
     order by listed."table", listed.id
     limit 1`;
  if (!found) return null;
  return { table: found.table, row: `number ${found.id}`, sentence: `it is ${found.state}, but no act says so` };
}
