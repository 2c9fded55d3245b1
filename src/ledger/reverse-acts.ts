import type { Db, Reader } from '../platform/database/db.ts';
import { type CarryOutRefusal, carryOut } from './carry-out.ts';
import { decideReversal, type ReversalRefusal } from './decide-reversal.ts';
import type { PostedOperation } from './posting.ts';
import { type ActSelection, recordedActs } from './recorded-acts.ts';

export interface ReversalInput {
  villageId: number;
  idempotencyKey: string;
  recordedBy: number;
  which: ActSelection;
  reason: string;
}

/**
 * Takes a mistake back: one act, or a whole batch at once. Points and goods go back where they came from; where the points
 * are spent or the goods handed out already, nothing changes and the refusal says so. The reversal counts for the day of the
 * act that it corrects, so it may fall into a published month.
 */
export async function reverseActs(
  db: Db,
  { villageId, idempotencyKey, recordedBy, which, reason }: ReversalInput,
): Promise<PostedOperation | ReversalRefusal | CarryOutRefusal> {
  const request = { villageId, kind: 'reversal', idempotencyKey, request: { which, reason }, recordedBy } as const;
  return carryOut<ReversalRefusal>(db, request, async () => {
    const decided = decideReversal(await recordedActs(db.sql, villageId, which), reason);
    return 'refused' in decided ? decided : { ...decided, isCorrection: true };
  });
}

/** The same decision without the posting: what would be undone, or what stands against it. */
export async function previewReversal(sql: Reader, villageId: number, which: ActSelection) {
  return decideReversal(await recordedActs(sql, villageId, which), '');
}
