/** Handovers held against the record: what the list calls complete or waived has its act, and that act says the same. */
import type { BadRow } from '../auditlog/index.ts';
import type { Reader } from '../platform/database/db.ts';

export async function verifyHandovers(sql: Reader, villageId: number): Promise<BadRow | null> {
  const [found] = await sql<{ id: number; state: string }[]>`
    select handover.handover_id as id,
           handover.state
      from handover
      left join operation
        on operation.village_id = handover.village_id
       and operation.operation_id = handover.operation_id
      left join act
        on act.village_id = operation.village_id
       and act.seq = operation.first_seq
     where handover.village_id = ${villageId}
       and handover.state in ('complete', 'waived')
       and (
         act.type is distinct from case handover.state when 'complete' then 'handover' else 'handover.waive' end
         or act.facts ->> 'role' is distinct from handover.role
         or (
           handover.state = 'complete'
           and (act.facts ->> 'open')::integer is distinct from jsonb_array_length(handover.open_items)
         )
       )
     order by handover.handover_id
     limit 1`;
  if (!found) return null;
  return { table: 'handover', row: `number ${found.id}`, sentence: `it is ${found.state}, but no act says so` };
}
