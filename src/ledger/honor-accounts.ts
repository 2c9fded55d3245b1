import type { Reader } from '../platform/database/db.ts';

/** Where a household's honour points stand: beside the points that can be spent, and never among them. */
export interface HonorAccount {
  accountId: number;
  pseudonym: string;
  balanceCentipoints: number;
  lastN: number;
}

/** By the household's account of points that can be spent; made where there is none yet. */
export async function openHonorAccounts(
  sql: Reader,
  villageId: number,
  accountIds: readonly number[],
): Promise<Map<number, HonorAccount>> {
  await sql`select open_honor_accounts(${villageId}, ${[...accountIds]}::integer[])`;
  return honorAccounts(sql, villageId, accountIds);
}

/** The same, of those that are there. */
export async function honorAccounts(
  sql: Reader,
  villageId: number,
  accountIds: readonly number[],
): Promise<Map<number, HonorAccount>> {
  const rows = await sql<(HonorAccount & { of: number })[]>`
    select spendable.account_id as "of",
           honor.account_id as "accountId",
           honor.pseudonym,
           honor.balance_centipoints as "balanceCentipoints",
           honor.last_n as "lastN"
      from account as spendable
      join account as honor
        on honor.village_id = spendable.village_id
       and honor.holder_id = spendable.holder_id
       and honor.kind = 'honor'
     where spendable.village_id = ${villageId}
       and spendable.account_id = any(${[...accountIds]}::integer[])`;
  return new Map(rows.map(({ of, ...account }) => [of, account]));
}
