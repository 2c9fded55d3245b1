import { isReversed } from '../ledger/index.ts';
import type { Reader } from '../platform/database/db.ts';
import { OPEN_STATES } from './decide-claim.ts';

/** What a household has by a rule: recorded by this act, or waiting since this act for somebody's word. */
export interface Had {
  /** Of the household's card now. */
  number: string;
  rule: string;
  /** The drawn name of the person that it is for. */
  member: string | null;
  seq: number;
  waits: boolean;
}

/** What was earned or lost by some rules from one day to another and stands, or still waits; oldest acts first. What was reversed is not there. */
export async function hadByRules(
  sql: Reader,
  {
    villageId,
    rules,
    firstDay,
    lastDay,
  }: { villageId: number; rules: readonly string[]; firstDay: string; lastDay: string },
): Promise<Had[]> {
  return sql<Had[]>`
    select card.number,
           had.rule,
           had.member,
           had.seq,
           had.waits
      from (
        select entry.account_id,
               act.facts ->> 'rule' as rule,
               act.facts ->> 'member' as member,
               act.seq,
               false as waits
          from act
          join entry
            on entry.village_id = act.village_id
           and entry.seq = act.seq
         where act.village_id = ${villageId}
           and act.occurred_on >= ${firstDay}
           -- What waited first counts for the day on which it was earned.
           and coalesce((act.facts ->> 'earned')::date, act.occurred_on) between ${firstDay} and ${lastDay}
           and act.type in ('points.award', 'points.deduct')
           and act.facts ->> 'rule' = any(${[...rules]}::text[])
           and not ${isReversed(sql)}
         union all
        select account_id,
               rule,
               member,
               submitted_seq,
               true
          from claim
         where village_id = ${villageId}
           and occurred_on between ${firstDay} and ${lastDay}
           and rule = any(${[...rules]}::text[])
           and state = any(${[...OPEN_STATES]}::text[])
      ) as had
      join account
        on account.village_id = ${villageId}
       and account.account_id = had.account_id
      join card
        on card.village_id = account.village_id
       and card.household_id = account.holder_id
       and card.ended_at is null
     order by had.seq`;
}
