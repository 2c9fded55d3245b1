import type { Reader } from '../platform/database/db.ts';

/** 年底清零: since which day unused points go at the end of a year, and who recorded that the village decided so. */
interface YearEndDecision {
  since: string;
  recordedBy: number;
}

/** Null where points stay, or where months say how long. The newest word holds. */
export async function yearEndDecision(sql: Reader, villageId: number): Promise<YearEndDecision | null> {
  const [decided] = await sql<(YearEndDecision & { goes: boolean })[]>`
    select (act.facts -> 'values' ->> 'yearEndExpiry')::boolean as goes,
           act.occurred_on as since,
           operation.recorded_by as "recordedBy"
      from act
      join operation
        on operation.village_id = act.village_id
       and operation.operation_id = act.operation_id
     where act.village_id = ${villageId}
       and act.type = 'settings.change'
       and act.facts -> 'values' ? 'yearEndExpiry'
     order by act.seq desc
     limit 1`;
  return decided?.goes ? { since: decided.since, recordedBy: decided.recordedBy } : null;
}
