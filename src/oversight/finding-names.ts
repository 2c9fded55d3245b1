import type { BadRow } from '../auditlog/index.ts';
import type { Reader } from '../platform/database/db.ts';
import { decideFinding, type Finding } from './decide-finding.ts';

/** A finding with the names that people know it by; null where the row that would tell is itself gone. */
export interface NamedFinding extends Finding {
  householdName: string | null;
  groupName: string | null;
  cardNumber: string | null;
  goodsName: string | null;
  /** As `npm run verify` says it, for whoever looks into the database. */
  technical: BadRow;
}

export async function nameFindings(
  sql: Reader,
  villageId: number,
  findings: readonly BadRow[],
): Promise<NamedFinding[]> {
  return Promise.all(
    findings.map(async (technical) => {
      const finding = decideFinding(technical);
      return { ...finding, ...(await namesOf(sql, villageId, finding)), technical };
    }),
  );
}

type Names = Pick<NamedFinding, 'householdName' | 'groupName' | 'cardNumber' | 'goodsName'>;

async function namesOf(sql: Reader, villageId: number, { accountId, lotId }: Finding): Promise<Names> {
  const [names] = await sql<Names[]>`
    select household.head_name as "householdName",
           villager_group.name as "groupName",
           card.number as "cardNumber",
           (
             select goods.name
               from stock_lot
               join goods
                 on goods.village_id = stock_lot.village_id
                and goods.goods_id = stock_lot.goods_id
              where stock_lot.village_id = ${villageId}
                and stock_lot.lot_id = ${lotId ?? null}
           ) as "goodsName"
      from (select 1) as one
      left join account
        on account.village_id = ${villageId}
       and account.account_id = ${accountId ?? null}
      left join household
        on household.village_id = account.village_id
       and household.household_id = account.holder_id
      left join villager_group
        on villager_group.village_id = household.village_id
       and villager_group.group_id = household.group_id
      left join card
        on card.village_id = household.village_id
       and card.household_id = household.household_id
       and card.ended_at is null`;
  return names ?? { householdName: null, groupName: null, cardNumber: null, goodsName: null };
}
