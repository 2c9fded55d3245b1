import { OPEN_STATES } from '../claims/index.ts';
import type { Reader } from '../platform/database/db.ts';

/** Of these rules those that somebody has on a day already: the household, or of a rule that names persons, this person. */
export type HasAlready = (whose: { number: string; member: string | undefined }) => string[];

interface Had {
  number: string;
  rule: string;
  /** The drawn name of the person that the act names. */
  member: string | null;
}

/**
 * The rules out of these that are recorded on this day already; reversed acts left out. A second time may be right, so it is only
 * said. A person is asked about by what names her, and by what names only her household; wherever she lived then.
 */
export async function sameDayAwards(
  sql: Reader,
  villageId: number,
  { rules, occurredOn }: { rules: readonly string[]; occurredOn: string },
): Promise<HasAlready> {
  const rows = await sql<Had[]>`
    select card.number,
           act.facts ->> 'rule' as rule,
           act.facts ->> 'member' as member
      from act
      join entry
        on entry.village_id = act.village_id
       and entry.seq = act.seq
      join account
        on account.village_id = entry.village_id
       and account.account_id = entry.account_id
      join card
        on card.village_id = account.village_id
       and card.household_id = account.holder_id
       and card.ended_at is null
     where act.village_id = ${villageId}
       and act.occurred_on >= ${occurredOn}
       and coalesce((act.facts ->> 'earned')::date, act.occurred_on) = ${occurredOn}
       and act.type in ('points.award', 'points.deduct')
       and act.facts ->> 'rule' = any(${[...rules]}::text[])
       and not exists (
         select
           from act as reversal
          where reversal.village_id = act.village_id
            and reversal.reverses_seq = act.seq
       )
     union all
    select card.number,
           claim.rule,
           claim.member
      from claim
      join account
        on account.village_id = claim.village_id
       and account.account_id = claim.account_id
      join card
        on card.village_id = account.village_id
       and card.household_id = account.holder_id
       and card.ended_at is null
     where claim.village_id = ${villageId}
       and claim.occurred_on = ${occurredOn}
       and claim.rule = any(${[...rules]}::text[])
       and claim.state = any(${[...OPEN_STATES]}::text[])`;
  const byNumber = rulesBy(rows, ({ number }) => number);
  const byHouseholdAlone = rulesBy(rows, ({ number, member }) => (member === null ? number : null));
  const byMember = rulesBy(rows, ({ member }) => member);
  return ({ number, member }) => {
    if (member === undefined) return [...(byNumber.get(number) ?? [])];
    return [...new Set([...(byMember.get(member) ?? []), ...(byHouseholdAlone.get(number) ?? [])])];
  };
}

function rulesBy(rows: readonly Had[], keyOf: (had: Had) => string | null): Map<string, Set<string>> {
  const rules = new Map<string, Set<string>>();
  for (const had of rows) {
    const key = keyOf(had);
    if (key !== null) rules.set(key, (rules.get(key) ?? new Set()).add(had.rule));
  }
  return rules;
}
