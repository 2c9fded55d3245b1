import type { Reader } from '../platform/database/db.ts';
import { householdOfEntry } from './household-card.ts';

/** For so long whoever recorded something takes it back without saying why: the mistake was seen at once. */
export const UNDO_MINUTES = 10;

/** What taking an operation back would do to one household, as things stand now and the lines before leave them. */
export interface UndoneLine {
  number: string;
  headName: string;
  balanceCentipoints: number;
  changeCentipoints: number;
}

/** An operation as a whole, if this person recorded it a few minutes ago and all of it stands; else null. */
export async function undoableOperation(
  sql: Reader,
  { villageId, operationId, personId }: { villageId: number; operationId: string; personId: number },
): Promise<UndoneLine[] | null> {
  const lines = await sql<(UndoneLine & { isWhole: boolean })[]>`
    select card.number,
           household.head_name as "headName",
           account.balance_centipoints - coalesce(
             sum(entry.amount_centipoints) over (
               partition by entry.account_id order by entry.seq rows between unbounded preceding and 1 preceding
             ), 0
           )::bigint as "balanceCentipoints",
           -entry.amount_centipoints as "changeCentipoints",
           operation.act_count = count(*) over () and reversal.seq is null as "isWhole"
      from operation
      join entry
        on entry.village_id = operation.village_id
       and entry.seq between operation.first_seq and operation.first_seq + operation.act_count - 1
           ${householdOfEntry(sql)}
      left join act as reversal
        on reversal.village_id = entry.village_id
       and reversal.reverses_seq = entry.seq
     where operation.village_id = ${villageId}
       and operation.operation_id = ${operationId}
       and operation.recorded_by = ${personId}
       and operation.kind in ('award', 'redemption')
       and operation.recorded_at > now() - make_interval(mins => ${UNDO_MINUTES})
     order by entry.seq`;
  const isUndoable = lines.length > 0 && lines.every(({ isWhole }) => isWhole);
  return isUndoable ? lines : null;
}
