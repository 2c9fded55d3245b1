import type { Reader } from '../platform/database/db.ts';
import type { CountedAccount } from './claim-rows.ts';

/** Read before whatever is counted: a claim that comes in later is then noticed by change_claims.sql. */
export async function newestClaims(
  sql: Reader,
  villageId: number,
  accountIds: readonly number[],
): Promise<CountedAccount[]> {
  return sql<CountedAccount[]>`
    select given.account,
           (
             select max(claim.last_seq)
               from claim
              where claim.village_id = ${villageId}
                and claim.account_id = given.account
           ) as newest
      from unnest(${[...accountIds]}::integer[]) as given(account)`;
}
