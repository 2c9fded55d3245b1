import type { AccountStatus } from '../ledger/index.ts';
import type { Reader } from '../platform/database/db.ts';
import { householdOfAccount } from './household-card.ts';
import { CHANGE_KINDS, type HouseholdChangeKind } from './household-change.ts';

/** A household that a change was about, as the change left it. */
export interface ChangedHousehold {
  number: string;
  headName: string;
  groupName: string;
  status: AccountStatus;
  /** Null where no points moved. */
  amountCentipoints: number | null;
  balanceAfterCentipoints: number | null;
}

export interface ChangeOperation {
  kind: HouseholdChangeKind;
  firstSeq: number;
  recordedAt: Date;
  recordedBy: string;
  reason: string | null;
  /** Of a name that was misspelt, as long as the household is not erased. */
  corrected: { was: string; name: string } | null;
  /** The one that the change was asked for comes first. */
  households: ChangedHousehold[];
}

/** What was done, read back by its id; null when there is no such change in the village. */
export async function changeOperation(
  sql: Reader,
  villageId: number,
  operationId: string,
): Promise<ChangeOperation | null> {
  const [found] = await sql<ChangeOperation[]>`
    select operation.kind,
           operation.first_seq as "firstSeq",
           operation.recorded_at as "recordedAt",
           person.display_name as "recordedBy",
           (
             select opening ->> 2
               from disclosure
              cross join jsonb_array_elements(disclosure.openings) as opening
              where disclosure.village_id = operation.village_id
                and disclosure.seq between operation.first_seq and operation.first_seq + operation.act_count - 1
                and opening ->> 1 = 'reason'
              limit 1
           ) as reason,
           (
             select jsonb_object_agg(opening ->> 1, opening ->> 2)
               from disclosure
              cross join jsonb_array_elements(disclosure.openings) as opening
              where disclosure.village_id = operation.village_id
                and disclosure.seq = operation.first_seq
                and operation.kind = 'correction'
                and opening ->> 1 in ('was', 'name')
           ) as corrected,
           (
             select jsonb_agg(
                      jsonb_build_object(
                        'number', card.number,
                        'headName', household.head_name,
                        'groupName', villager_group.name,
                        'status', account.status,
                        'amountCentipoints', named.amount,
                        'balanceAfterCentipoints', named.balance_after
                      ) order by named.place, account.account_id
                    )
               from (
                 select coalesce(entry.account_id, pointed.account_id) as account_id,
                        sum(entry.amount_centipoints)::bigint as amount,
                        max(entry.balance_after_centipoints) as balance_after,
                        min(case when about.name = 'from' or (about.name is null and entry.amount_centipoints < 0) then 0 else act.seq end) as place
                   from act
                   left join entry
                     on entry.village_id = act.village_id
                    and entry.seq = act.seq
                   left join lateral jsonb_each_text(act.facts) as about(name, value)
                     on entry.seq is null
                    and about.name in ('acct', 'from', 'into')
                   left join account as pointed
                     on pointed.village_id = act.village_id
                    and pointed.pseudonym = about.value
                  where act.village_id = operation.village_id
                    and act.seq between operation.first_seq and operation.first_seq + operation.act_count - 1
                  group by 1
               ) as named
               join account
                 on account.village_id = operation.village_id
                and account.account_id = named.account_id
                and account.kind = 'spendable'
               ${householdOfAccount(sql)}
           ) as households
      from operation
      join person
        on person.person_id = operation.recorded_by
     where operation.village_id = ${villageId}
       and operation.operation_id = ${operationId}
       and operation.kind = any(${[...CHANGE_KINDS]}::text[])`;
  return found ?? null;
}
