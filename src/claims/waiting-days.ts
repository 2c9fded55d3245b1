import type { Reader } from '../platform/database/db.ts';
import { WAITING } from './decide-claim.ts';

/** Since when each claim waits that nobody has decided, and by when each open objection is to be answered. */
export async function waitingDays(
  sql: Reader,
  villageId: number,
): Promise<{ waiting: string[]; answersDue: string[] }> {
  const [found] = await sql<{ waiting: string[]; answersDue: string[] }[]>`
    select coalesce((
             select jsonb_agg((submitted.recorded_at at time zone 'Asia/Shanghai')::date)
               from claim
               join act as submitted
                 on submitted.village_id = claim.village_id
                and submitted.seq = claim.submitted_seq
              where claim.village_id = ${villageId}
                and claim.state = any(${[...WAITING]}::text[])
           ), '[]') as waiting,
           coalesce((
             select jsonb_agg(answer_by)
               from objection
              where objection.village_id = ${villageId}
                and outcome is null
           ), '[]') as "answersDue"`;
  return found ?? { waiting: [], answersDue: [] };
}
