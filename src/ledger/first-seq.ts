import type { Reader } from '../platform/database/db.ts';

/** The number of an operation's first act, for a query's condition: acts have no index by operation. */
export function firstSeqOf(sql: Reader, villageId: number, operationId: string) {
  return sql`(
    select first_seq
      from operation
     where village_id = ${villageId}
       and operation_id = ${operationId}
  )`;
}
