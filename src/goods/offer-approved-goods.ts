import type { Reader } from '../platform/database/db.ts';

/** After approvals came back out of the public log: goods whose first price was approved are offered, as they were. */
export async function offerApprovedGoods(sql: Reader, villageId: number): Promise<void> {
  await sql`
    update goods
       set is_offered = true
      from act
     where goods.village_id = ${villageId}
       and not goods.is_offered
       and act.village_id = goods.village_id
       and act.type = 'goods.price'
       and act.facts ->> 'item' = goods.code
       and act.facts ->> 'method' = 'first'`;
}
