import type { ActType, OperationKind } from '../ledger/index.ts';
import type { Reader } from '../platform/database/db.ts';
import { householdOfEntry } from './household-card.ts';

/** One act of an operation: what it did to the balance of its household, with its number in the public record. */
interface OperationLine {
  seq: number;
  /** The act's name, which its slip carries. */
  actId: string;
  type: ActType;
  number: string;
  headName: string;
  /** Who of the household, where the act names somebody. */
  memberName: string | null;
  groupName: string;
  amountCentipoints: number;
  balanceAfterCentipoints: number;
  reversedBySeq: number | null;
}

/** What somebody did in one go to the points of households. */
interface HouseholdOperation {
  operationId: string;
  recordedAt: Date;
  recordedBy: string;
  occurredOn: string;
  /** Public facts of its first act; all acts of an operation of this kind have the same. */
  facts: Record<string, unknown>;
  note: string | null;
  lines: OperationLine[];
}

/** An operation of this kind by its id; null when there is none in the village. */
export async function householdOperation(
  sql: Reader,
  { villageId, operationId, kind }: { villageId: number; operationId: string; kind: OperationKind },
): Promise<HouseholdOperation | null> {
  const [head, lines] = await Promise.all([
    operationHead(sql, villageId, operationId, kind),
    operationLines(sql, villageId, operationId),
  ]);
  return head ? { ...head, lines } : null;
}

async function operationHead(sql: Reader, villageId: number, operationId: string, kind: OperationKind) {
  const [head] = await sql<Omit<HouseholdOperation, 'lines'>[]>`
    select operation.operation_id as "operationId",
           operation.recorded_at as "recordedAt",
           person.display_name as "recordedBy",
           act.occurred_on as "occurredOn",
           act.facts,
           written.note
      from operation
      join person
        on person.person_id = operation.recorded_by
      join act
        on act.village_id = operation.village_id
       and act.seq = operation.first_seq
      left join lateral (
        select opening ->> 2 as note
          from disclosure
         cross join jsonb_array_elements(disclosure.openings) as opening
         where disclosure.village_id = act.village_id
           and disclosure.seq = act.seq
           and opening ->> 1 = 'note'
         limit 1
      ) as written on true
     where operation.village_id = ${villageId}
       and operation.operation_id = ${operationId}
       and operation.kind = ${kind}`;
  return head;
}

async function operationLines(sql: Reader, villageId: number, operationId: string): Promise<OperationLine[]> {
  return sql<OperationLine[]>`
    select act.seq,
           act.act_id as "actId",
           act.type,
           card.number,
           household.head_name as "headName",
           whom.name as "memberName",
           villager_group.name as "groupName",
           entry.amount_centipoints as "amountCentipoints",
           entry.balance_after_centipoints as "balanceAfterCentipoints",
           reversal.seq as "reversedBySeq"
      from operation
      join act
        on act.village_id = operation.village_id
       and act.seq between operation.first_seq and operation.first_seq + operation.act_count - 1
      join entry
        on entry.village_id = act.village_id
       and entry.seq = act.seq
           ${householdOfEntry(sql)}
      left join household_member as whom
        on whom.village_id = act.village_id
       and whom.pseudonym = act.facts ->> 'member'
      left join act as reversal
        on reversal.village_id = act.village_id
       and reversal.reverses_seq = act.seq
     where operation.village_id = ${villageId}
       and operation.operation_id = ${operationId}
     order by act.seq`;
}
