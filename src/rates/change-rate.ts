import { writeConversion } from '../claims/index.ts';
import { type CarryOutRefusal, carryOut, type PostedOperation } from '../ledger/index.ts';
import type { Db, Reader } from '../platform/database/db.ts';
import { decideRateChange, type RateChange, type RateRefusal, type RateRequest } from './decide-rate-change.ts';
import { rateBasis } from './rate-basis.ts';

/** 1 fen to 1,000 yuan: as at the founding. */
export const MOST_FEN_PER_POINT = 100_000;

export interface RateInput extends RateRequest {
  villageId: number;
  today: string;
  idempotencyKey: string;
  recordedBy: number;
}

/**
 * 换分值: the new rate, everybody's points, the lines in publicity and the whole shelf in one operation, at the size of the record at which
 * it was decided.
 */
export async function changeRate(
  db: Db,
  { villageId, idempotencyKey, recordedBy, today, ...wanted }: RateInput,
): Promise<PostedOperation | RateRefusal | CarryOutRefusal> {
  const { fenPerPoint, reason } = wanted;
  const request = { villageId, kind: 'rate', idempotencyKey, request: { fenPerPoint, reason }, recordedBy } as const;
  return carryOut<RateRefusal>(db, request, async () => {
    const { logSize, ...basis } = await rateBasis(db.sql, { villageId, fenPerPoint, today });
    const decided = decideRateChange(wanted, basis);
    if ('refused' in decided) return decided;
    // It is about no day of any record; the month's record counts it on its own.
    const { acts, converted } = decided;
    const write = writeConversion(converted);
    return { acts, occurredOn: today, isCorrection: true, expectedSize: logSize, write };
  });
}

/** What a press would do, before anything is written. */
export async function previewRate(
  sql: Reader,
  question: Pick<RateInput, 'villageId' | 'fenPerPoint' | 'today'>,
): Promise<RateChange | RateRefusal> {
  return decideRateChange({ fenPerPoint: question.fenPerPoint, reason: '' }, await rateBasis(sql, question));
}
