import type { Reader } from '../platform/database/db.ts';
import type { ActType } from './posting.ts';

/** One line of a passbook: entry `n` of the account, with the act that caused it. */
export interface StatementLine {
  n: number;
  seq: number;
  type: ActType;
  operationId: string;
  /** Public facts of the act, such as the rule's code and version. */
  facts: Record<string, unknown>;
  amountCentipoints: number;
  balanceAfterCentipoints: number;
  occurredOn: string;
  recordedAt: Date;
  reversesSeq: number | null;
  reversedBySeq: number | null;
}

/** Newest first, at most `limit` lines from below entry number `beforeN`. */
export async function statement(
  sql: Reader,
  { villageId, accountId, beforeN = Number.MAX_SAFE_INTEGER, limit }: StatementWindow,
): Promise<StatementLine[]> {
  return sql<StatementLine[]>`
    select entry.n,
           entry.seq,
           act.type,
           act.operation_id as "operationId",
           act.facts,
           entry.amount_centipoints as "amountCentipoints",
           entry.balance_after_centipoints as "balanceAfterCentipoints",
           entry.occurred_on as "occurredOn",
           act.recorded_at as "recordedAt",
           act.reverses_seq as "reversesSeq",
           reversal.seq as "reversedBySeq"
      from entry
      join act
        on act.village_id = entry.village_id
       and act.seq = entry.seq
      left join act as reversal
        on reversal.village_id = entry.village_id
       and reversal.reverses_seq = entry.seq
     where entry.village_id = ${villageId}
       and entry.account_id = ${accountId}
       and entry.n < ${beforeN}
     order by entry.n desc
     limit ${limit}`;
}

export interface StatementWindow {
  villageId: number;
  accountId: number;
  beforeN?: number;
  limit: number;
}
