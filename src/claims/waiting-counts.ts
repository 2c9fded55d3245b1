import type { Reader } from '../platform/database/db.ts';
import { type ClaimStep, WAITING } from './decide-claim.ts';
import { isOpenTo, type LineReader } from './line-reader.ts';

/** How much waits, for the pages that lead there; by steps only what the reader has a say in, where there is one. */
export async function waitingCounts(
  sql: Reader,
  villageId: number,
  reader: LineReader | null = null,
): Promise<WaitingCounts> {
  const step = sql`case
    when state = any(${[...WAITING]}::text[]) ${reader ? sql`and ${isOpenTo(sql, villageId, reader)}` : sql``}
      then needs[cardinality(passed_by) + 1]
  end`;
  const [found] = await sql<WaitingCounts[]>`
    select count(*) filter (where state = any(${[...WAITING]}::text[]))::integer as count,
           count(*) filter (where state = 'returned')::integer as returned,
           count(*) filter (where state = 'committee_passed')::integer as ready,
           coalesce(jsonb_object_agg(step, of_step) filter (where step is not null), '{}') as steps
      from (
        select state,
               ${step} as step,
               count(*) over (partition by ${step})::integer as of_step
          from claim
         where village_id = ${villageId}
           and state in ('submitted', 'group_passed', 'committee_heard', 'committee_passed', 'returned')
      ) as open`;
  if (!found) throw new Error('a query without a group answers one row');
  return found;
}

export interface WaitingCounts {
  count: number;
  returned: number;
  /** Agreed to and not on the board yet. */
  ready: number;
  /** By whose word is next. */
  steps: Partial<Record<ClaimStep, number>>;
}
