import type { Reader } from '../platform/database/db.ts';

/** One award or deduction, whole: as a line of the list. */
export interface AwardOperation {
  operationId: string;
  firstSeq: number;
  ruleName: string;
  occurredOn: string;
  households: number;
  totalCentipoints: number;
  /** Of how many households it was taken back. */
  undone: number;
  /** How many lines of it were asked for and count when somebody has agreed. */
  claimed: number;
  recordedBy: string;
}

/** The latest first, from before act number `beforeSeq`. */
export async function awardOperations(
  sql: Reader,
  villageId: number,
  { beforeSeq = Number.MAX_SAFE_INTEGER, limit }: { beforeSeq?: number | undefined; limit: number },
): Promise<AwardOperation[]> {
  return sql<AwardOperation[]>`
    select operation.operation_id as "operationId",
           operation.first_seq as "firstSeq",
           coalesce(rule_version.name, act.facts ->> 'rule', claimed."ruleName", '') as "ruleName",
           act.occurred_on as "occurredOn",
           concerned.households,
           sums.total as "totalCentipoints",
           sums.undone,
           claimed.count as claimed,
           person.display_name as "recordedBy"
      from (
        select operation_id, first_seq, act_count, recorded_by
          from operation
         where village_id = ${villageId}
           and kind = 'award'
           and first_seq < ${beforeSeq}
         order by first_seq desc
         limit ${limit}
      ) as operation
      join act
        on act.village_id = ${villageId}
       and act.seq = operation.first_seq
      join person
        on person.person_id = operation.recorded_by
      left join rule_version
        on rule_version.village_id = ${villageId}
       and rule_version.code = act.facts ->> 'rule'
       and rule_version.version = (act.facts ->> 'version')::integer
     cross join lateral (
        select coalesce(sum(entry.amount_centipoints), 0)::bigint as total,
               count(reversal.seq)::integer as undone
          from entry
          left join act as reversal
            on reversal.village_id = entry.village_id
           and reversal.reverses_seq = entry.seq
         where entry.village_id = ${villageId}
           and entry.seq between operation.first_seq and operation.first_seq + operation.act_count - 1
      ) as sums
     cross join lateral (
        select count(*)::integer as count,
               max(asked.name) as "ruleName"
          from claim
          left join rule_version as asked
            on asked.village_id = claim.village_id
           and asked.code = claim.rule
           and asked.version = claim.version
         where claim.village_id = ${villageId}
           and claim.submitted_seq between operation.first_seq and operation.first_seq + operation.act_count - 1
      ) as claimed
     cross join lateral (
        -- Of several people of one household each has an act.
        select count(distinct account_id)::integer as households
          from (
            select account_id
              from entry
             where entry.village_id = ${villageId}
               and entry.seq between operation.first_seq and operation.first_seq + operation.act_count - 1
             union all
            select account_id
              from claim
             where claim.village_id = ${villageId}
               and claim.submitted_seq between operation.first_seq and operation.first_seq + operation.act_count - 1
          ) as moved
     ) as concerned
     order by operation.first_seq desc`;
}

/** The name of an award's rule in the version that it used. */
export async function ruleNameOf(
  sql: Reader,
  villageId: number,
  { rule, version }: Readonly<Record<string, unknown>>,
): Promise<string> {
  const code = typeof rule === 'string' ? rule : '';
  const [found] = await sql<{ name: string }[]>`
    select name
      from rule_version
     where village_id = ${villageId}
       and code = ${code}
       and version = ${typeof version === 'number' ? version : 0}`;
  return found?.name ?? code;
}
