import type { Reader } from '../platform/database/db.ts';
import { decideLocked, type GivenOrEarned, type LockedPoints } from './decide-gift-points.ts';
import { isReversed } from './reversed-acts.ts';

interface LockedQuestion {
  villageId: number;
  accountIds: readonly number[];
  today: string;
}

interface AwardRow extends GivenOrEarned {
  accountId: number;
  isAward: boolean;
  earnedMonths: number | null;
}

/**
 * What cannot be spent yet of each of the accounts; those that were given nothing are left out. What was given before a new rate is the
 * household's own since, for what it earned was counted in other points.
 */
export async function lockedPoints(
  sql: Reader,
  { villageId, accountIds, today }: LockedQuestion,
): Promise<Map<number, LockedPoints>> {
  const rows = await sql<AwardRow[]>`
    select entry.account_id as "accountId",
           entry.amount_centipoints as "amountCentipoints",
           entry.occurred_on as "occurredOn",
           act.type = 'points.award' as "isAward",
           (act.facts ->> 'match')::integer as match,
           village_terms.earned_months as "earnedMonths"
      from entry
      join act
        on act.village_id = entry.village_id
       and act.seq = entry.seq
      join village_terms
        on village_terms.village_id = entry.village_id
     where entry.village_id = ${villageId}
       and entry.account_id = any(${[...accountIds]}::integer[])
       and (act.type = 'points.award' or (act.type = 'points.expire' and to_char(act.occurred_on, 'MM-DD') = '12-31'))
       and act.seq > coalesce((
         select max(changed.seq)
           from act as changed
          where changed.village_id = ${villageId}
            and changed.type = 'rate.change'
       ), -1)
       and not ${isReversed(sql)}
     order by act.seq`;
  const given = new Set(rows.flatMap(({ accountId, match }) => (match === null ? [] : [accountId])));
  return new Map(
    [...given].map((accountId) => [
      accountId,
      lockedOf(
        rows.filter((row) => row.accountId === accountId),
        today,
      ),
    ]),
  );
}

function lockedOf(rows: readonly AwardRow[], today: string): LockedPoints {
  const earnedMonths = rows[0]?.earnedMonths ?? null;
  // Where months say how long points live, none goes at the end of a year.
  const cleared = earnedMonths === null ? rows.findLast(({ isAward }) => !isAward) : undefined;
  const awards = rows.filter(({ isAward }) => isAward);
  return decideLocked(awards, { earnedMonths, clearedThrough: cleared?.occurredOn ?? null }, today);
}
