import { type CarryOutRefusal, carryOut, type PostedOperation } from '../ledger/index.ts';
import { addDays } from '../platform/clock.ts';
import type { Db } from '../platform/database/db.ts';
import { WAIVABLE, type Waivable } from './decide-separation.ts';

export interface WaiverInput {
  villageId: number;
  /** Nothing: what was allowed so far ends. */
  duties: readonly Waivable[];
  /** The last day on which it holds. */
  until: string;
  reason: string;
  idempotencyKey: string;
  recordedBy: number;
  today: string;
}

/** A tiny village is looked at again every year. */
const MOST_DAYS = 366;

export type WaiverRefusal = { refused: 'waiver_too_long'; days: number } | { refused: 'waiver_over'; until: string };

/** 回避豁免: what a township lets a tiny village do without, for a time and with a reason, as an act that everybody reads. */
export async function waiveDuties(
  db: Db,
  { villageId, duties, until, reason, idempotencyKey, recordedBy, today }: WaiverInput,
): Promise<PostedOperation | WaiverRefusal | CarryOutRefusal> {
  const wanted = WAIVABLE.filter((duty) => duties.includes(duty));
  const request = { duties: wanted, until, reason };
  return carryOut<WaiverRefusal>(db, { villageId, kind: 'waiver', idempotencyKey, request, recordedBy }, async () => {
    if (until < today) return { refused: 'waiver_over', until };
    if (until > addDays(today, MOST_DAYS)) return { refused: 'waiver_too_long', days: MOST_DAYS };
    return {
      occurredOn: today,
      acts: [{ type: 'duties.waive', facts: { duties: wanted, until }, disclosed: { reason } }],
      isCorrection: true,
    };
  });
}
