import {
  type CarryOutRefusal,
  carryOut,
  type PostedOperation,
  type PostingAnswer,
  type WriteOperation,
} from '../ledger/index.ts';
import type { Db } from '../platform/database/db.ts';
import { decideErasure, ERASED_NAME, type ErasureRefusal } from './decide-erasure.ts';
import { cardByNumber } from './household-card.ts';

export interface ErasureInput {
  villageId: number;
  /** The household's card number. */
  number: string;
  /** Kept with the act, for the offices alone; it must not name the household again. */
  reason: string;
  idempotencyKey: string;
  recordedBy: number;
  today: string;
}

/**
 * 按要求删除: who the household was is forgotten, what happened to points and goods is not. The public log keeps its entries and
 * verifies as before, for it never held a name, only salted digests whose openings are gone now.
 */
export async function eraseHousehold(
  db: Db,
  { villageId, number, reason, idempotencyKey, recordedBy, today }: ErasureInput,
): Promise<PostedOperation | ErasureRefusal | CarryOutRefusal> {
  const request = { villageId, kind: 'erasure', idempotencyKey, request: { number, reason }, recordedBy } as const;
  return carryOut<ErasureRefusal>(db, request, async () => {
    const household = await cardByNumber(db.sql, villageId, number);
    const refusal = decideErasure(number, household);
    if (refusal || !household) return refusal ?? { refused: 'unknown_card', number };
    const { householdId, accountId, pseudonym, status } = household;
    const account = { accountId, pseudonym, status: { from: status, to: status } };
    return {
      occurredOn: today,
      acts: [{ type: 'erasure', facts: {}, account, disclosed: { reason } }],
      // It is about no day of any record.
      isCorrection: true,
      write: writeErasure(householdId),
    };
  });
}

/** See erase_household.sql: the act and the forgetting stand together or not at all. */
function writeErasure(householdId: number): WriteOperation {
  return (sql, villageId, operation) => sql<{ answer: PostingAnswer }[]>`
    select erase_household(${villageId}, ${operation}::text::jsonb, ${householdId}, ${ERASED_NAME}) as answer`;
}
