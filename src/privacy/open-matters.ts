import { OPEN_STATES } from '../claims/index.ts';
import type { Reader } from '../platform/database/db.ts';
import { readWishes } from '../wishes/index.ts';
import type { ActsAbout } from './acts-about.ts';

export interface OpenMatters {
  claims: number;
  objections: number;
  wishes: number;
}

const DONE: ReadonlySet<string> = new Set(['delivered', 'echoed', 'closed', 'declined']);

/** What of a household still waits for somebody's word: first it is brought to its end, then it can be forgotten. */
export async function openMatters(
  sql: Reader,
  { villageId, householdId }: ActsAbout,
  today: string,
): Promise<OpenMatters> {
  const [waiting, own, { wishes }] = await Promise.all([
    sql<{ claims: number; objections: number }[]>`
      select count(*) filter (where claim.state = any(${[...OPEN_STATES, 'returned']}::text[]))::integer as claims,
             count(*) filter (
               where exists (
                 select
                   from objection
                  where objection.village_id = claim.village_id
                    and objection.claim_id = claim.claim_id
                    and objection.outcome is null
               )
             )::integer as objections
        from claim
        join account
          on account.village_id = claim.village_id
         and account.account_id = claim.account_id
       where claim.village_id = ${villageId}
         and account.holder_id = ${householdId}`,
    sql<{ wishId: string }[]>`
      select wish_id as "wishId"
        from wish
       where village_id = ${villageId}
         and household_id = ${householdId}`,
    readWishes(sql, villageId, today),
  ]);
  const ids = new Set(own.map(({ wishId }) => wishId));
  return {
    claims: waiting[0]?.claims ?? 0,
    objections: waiting[0]?.objections ?? 0,
    wishes: wishes.filter(({ wishId, now }) => ids.has(wishId) && !DONE.has(now)).length,
  };
}
