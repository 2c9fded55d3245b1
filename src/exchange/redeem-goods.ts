import { type CarryOutRefusal, carryOut, type PostedOperation } from '../ledger/index.ts';
import type { Db } from '../platform/database/db.ts';
import { decideRedemption, type RedemptionRefusal, type RedemptionRequest } from './decide-redemption.ts';
import { redemptionBasis } from './redemption-basis.ts';

export interface RedemptionInput extends RedemptionRequest {
  villageId: number;
  idempotencyKey: string;
  recordedBy: number;
  /** The exchange happens now, on this day. */
  today: string;
}

/**
 * 兑换: several goods for points in one act. The counter stays open when the month's record is already published; the
 * exchange then stands in the record's next version.
 */
export async function redeemGoods(
  db: Db,
  input: RedemptionInput,
): Promise<PostedOperation | RedemptionRefusal | CarryOutRefusal> {
  const { villageId, idempotencyKey, recordedBy, today, card } = input;
  const lines = input.lines.map(({ code, quantity }) => ({ code, quantity }));
  const request = { villageId, kind: 'redemption', idempotencyKey, request: { card, lines }, recordedBy } as const;
  return carryOut<RedemptionRefusal>(db, request, async () => {
    const decided = decideRedemption(input, await redemptionBasis(db.sql, villageId, input, today));
    return 'refused' in decided ? decided : { acts: decided.acts, occurredOn: today, isCorrection: true };
  });
}
