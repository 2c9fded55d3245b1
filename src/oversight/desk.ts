import type { OperationKind } from '../ledger/index.ts';
import type { Reader } from '../platform/database/db.ts';

/** What a village has waiting, for the tasks on its desk. */
export interface DeskState {
  householdCount: number;
  unopenedCardCount: number;
  /** Whole months since the founding whose record is not published, oldest first. */
  unpublishedMonths: string[];
}

export async function deskState(sql: Reader, villageId: number, today: string): Promise<DeskState> {
  const [state] = await sql<DeskState[]>`
    with founding as (
      select date_trunc('month', occurred_on::timestamp) as month
        from act
       where village_id = ${villageId}
         and seq = 0
    )
    select (
             select count(*)::integer
               from account
              where village_id = ${villageId}
                and kind = 'spendable'
                and status <> 'closed'
           ) as "householdCount",
           (
             select count(*)::integer
               from account
              where village_id = ${villageId}
                and kind = 'spendable'
                and status = 'registered'
           ) as "unopenedCardCount",
           array(
             select to_char(whole.month, 'YYYY-MM')
               from founding
              cross join generate_series(
                founding.month,
                date_trunc('month', ${today}::timestamp) - interval '1 month',
                interval '1 month'
              ) as whole(month)
              where not exists (
                select
                  from closed_period
                 where closed_period.village_id = ${villageId}
                   and closed_period.month = to_char(whole.month, 'YYYY-MM')
              )
              order by 1
           ) as "unpublishedMonths"`;
  if (!state) throw new Error('a query without a table answers one row');
  return state;
}

/** So far back somebody looks for what was done. */
const LATELY = 200;
/** So many of the reader's own come before one of each kind. */
const OWN_FIRST = 2;

/** One thing that was done in one go, for the line that can undo it. */
export interface DeskOperation {
  operationId: string;
  kind: OperationKind;
  recordedAt: Date;
  firstSeq: number;
  actCount: number;
  /** Of all its entries that can be spent; 0 for goods that came in. */
  amountCentipoints: number;
  ruleName: string | null;
  /** Of the first act: head of the household, kinds of goods, who gave them, which act it reverses, which month it published. */
  headName: string | null;
  goodsNames: string[];
  reversesSeq: number | null;
  month: string | null;
  /** All its acts are reversed already. */
  isReversed: boolean;
}

/**
 * What was done lately, newest first: what the reader did comes first of all, for that is what somebody takes back; of the rest the
 * newest of each kind, so that a morning of one thing does not hide all others.
 */
export async function lastOperations(
  sql: Reader,
  villageId: number,
  { personId, limit }: { personId: number; limit: number },
): Promise<DeskOperation[]> {
  return sql<DeskOperation[]>`
    with lately as (
      select operation_id,
             recorded_by = ${personId} as is_own,
             row_number() over (partition by recorded_by = ${personId} order by first_seq desc) as n,
             row_number() over (partition by kind order by first_seq desc) as n_of_kind,
             first_seq
        from (
          select operation_id, kind, recorded_by, first_seq
            from operation
           where village_id = ${villageId}
           order by first_seq desc
           limit ${LATELY}
        ) as newest
    ), shown as (
      select operation_id
        from lately
       order by case when is_own and n <= ${OWN_FIRST} then 0 else n_of_kind end, first_seq desc
       limit ${limit}
    )
    select operation.operation_id as "operationId",
           operation.kind,
           operation.recorded_at as "recordedAt",
           operation.first_seq as "firstSeq",
           operation.act_count as "actCount",
           coalesce(sums.amount_centipoints, 0)::bigint as "amountCentipoints",
           rule_version.name as "ruleName",
           household.head_name as "headName",
           coalesce(listed.names, '{}') as "goodsNames",
           first_act.reverses_seq as "reversesSeq",
           first_act.facts ->> 'month' as month,
           sums.reversed_count = operation.act_count as "isReversed"
      from operation
      join act as first_act
        on first_act.village_id = operation.village_id
       and first_act.seq = operation.first_seq
     cross join lateral (
        select sum(entry.amount_centipoints) filter (where account.kind <> 'honor') as amount_centipoints,
               count(reversal.seq) as reversed_count
          from act
          left join entry
            on entry.village_id = act.village_id
           and entry.seq = act.seq
          left join account
            on account.village_id = entry.village_id
           and account.account_id = entry.account_id
          left join act as reversal
            on reversal.village_id = act.village_id
           and reversal.reverses_seq = act.seq
         where act.village_id = operation.village_id
           and act.seq between operation.first_seq and operation.first_seq + operation.act_count - 1
      ) as sums
      left join rule_version
        on rule_version.village_id = operation.village_id
       and rule_version.code = first_act.facts ->> 'rule'
       and rule_version.version = (first_act.facts ->> 'version')::integer
      left join entry
        on entry.village_id = operation.village_id
       and entry.seq = operation.first_seq
      left join account
        on account.village_id = entry.village_id
       and account.account_id = entry.account_id
      left join household
        on household.village_id = account.village_id
       and household.household_id = account.holder_id
      left join lateral (
        select array_agg(goods.name order by line.position) as names
          from jsonb_array_elements(first_act.facts -> 'goods') with ordinality as line(fact, position)
          join goods
            on goods.village_id = operation.village_id
           and goods.code = line.fact ->> 'code'
      ) as listed on true
     where operation.village_id = ${villageId}
       and operation.operation_id in (select operation_id from shown)
     order by operation.first_seq desc`;
}
