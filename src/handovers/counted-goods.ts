import type { Reader } from '../platform/database/db.ts';

/** What was counted of one kind of goods. */
export interface CountedLine {
  code: string;
  name: string;
  spec: string;
  unit: string;
  counted: number;
}

export interface CountOutcome {
  surplusFen: number;
  shortageFen: number;
  day: string;
}

/** What was counted when the shop changed hands, with what the count's act says of it. */
export async function countedGoods(
  sql: Reader,
  villageId: number,
  stocktakeId: number,
): Promise<{ lines: CountedLine[]; count: CountOutcome }> {
  const [lines, [count]] = await Promise.all([
    sql<CountedLine[]>`
      select goods.code,
             goods.name,
             goods.spec,
             goods.unit,
             stocktake_line.counted
        from stocktake_line
        join goods
          on goods.village_id = stocktake_line.village_id
         and goods.goods_id = stocktake_line.goods_id
       where stocktake_line.village_id = ${villageId}
         and stocktake_line.stocktake_id = ${stocktakeId}
       order by goods.code`,
    sql<CountOutcome[]>`
      select (act.facts ->> 'surplusFen')::bigint as "surplusFen",
             (act.facts ->> 'shortageFen')::bigint as "shortageFen",
             act.occurred_on as day
        from stocktake
        join operation
          on operation.village_id = stocktake.village_id
         and operation.operation_id = stocktake.operation_id
        join act
          on act.village_id = operation.village_id
         and act.seq = operation.first_seq
       where stocktake.village_id = ${villageId}
         and stocktake.stocktake_id = ${stocktakeId}`,
  ]);
  if (!count) throw new Error('what was listed has a posted count');
  return { lines, count };
}
