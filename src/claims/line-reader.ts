import type { PendingQuery, Row } from 'postgres';
import type { Reader } from '../platform/database/db.ts';
import type { Waivable } from './decide-separation.ts';

/** Who looks at a list of lines, to be shown what waits for a word of theirs. */
export interface LineReader {
  personId: number;
  today: string;
}

/**
 * For a whole list what `decideSeparation` says of each line: true of a row of `claim` that nothing stands against. It only sorts the
 * list; the decision is made again at the press.
 */
export function isOpenTo(sql: Reader, villageId: number, { personId, today }: LineReader): PendingQuery<Row[]> {
  const isWaived = (duty: Waivable) => sql`coalesce((
    select act.facts -> 'duties' ? ${duty} and act.facts ->> 'until' >= ${today}
      from act
     where act.village_id = ${villageId}
       and act.type = 'duties.waive'
     order by act.seq desc
     limit 1
  ), false)`;
  return sql`(
    (claim.recorded_by is distinct from ${personId} or ${isWaived('own_entry')})
    and (not ${personId} = any(claim.passed_by) or ${isWaived('second_approver')})
    and (
      not exists (
        select
          from kinship
          join account as of_kin
            on of_kin.village_id = kinship.village_id
           and of_kin.holder_id = kinship.household_id
         where kinship.village_id = claim.village_id
           and kinship.person_id = ${personId}
           and of_kin.account_id = claim.account_id
      )
      or ${isWaived('relatives')}
    )
  )`;
}
