import { noteWant } from '../goods/index.ts';
import { type CarryOutRefusal, carryOut, type PostedOperation } from '../ledger/index.ts';
import type { Db } from '../platform/database/db.ts';
import type { DecidedPresence } from './decide-presence.ts';
import {
  decideRedemption,
  type RedemptionDraft,
  type RedemptionRefusal,
  type RedemptionRequest,
} from './decide-redemption.ts';
import { type AtCounter, type AtCounterRefusal, keptPresence, refusePin, whoIsThere } from './present-at-counter.ts';
import { redemptionBasis } from './redemption-basis.ts';

export interface RedemptionInput extends RedemptionRequest, AtCounter {
  idempotencyKey: string;
}

/**
 * 兑换: several goods for points in one act. The counter stays open when the month's record is already published; the
 * exchange then stands in the record's next version.
 */
export async function redeemGoods(
  db: Db,
  input: RedemptionInput,
): Promise<PostedOperation | RedemptionRefusal | AtCounterRefusal | CarryOutRefusal> {
  const { villageId, idempotencyKey, recordedBy, today, card } = input;
  const lines = input.lines.map(({ code, quantity }) => ({ code, quantity }));
  const content = { card, lines, ...keptPresence(input) };
  const request = { villageId, kind: 'redemption', idempotencyKey, request: content, recordedBy } as const;
  let isPinRight = false;
  const outcome = await carryOut<RedemptionRefusal | AtCounterRefusal>(db, request, async () => {
    const basis = await redemptionBasis(db, { villageId, card, lines, today });
    const decided = decideRedemption(input, basis);
    if ('refused' in decided) return decided;
    const present = basis.card ? await whoIsThere(db, input, basis.card.accountId) : { facts: {}, disclosed: {} };
    if ('refused' in present) return present;
    if (basis.card?.hasPin && !isPinRight) {
      const refusal = await refusePin(db, input, request);
      if (refusal) return refusal;
      isPinRight = true;
    }
    const { logSize, ...told } = present;
    return {
      acts: [withPresence(decided.acts[0], told)],
      occurredOn: today,
      isCorrection: true,
      ...(logSize !== undefined && { expectedSize: logSize }),
    };
  });
  // What was not there is wanted: whoever buys sees it, without whose wish it was.
  if ('wanted' in outcome && outcome.refused === 'out_of_stock') {
    const { goods: code, wanted, quantityOnHand } = outcome;
    await noteWant(db.sql, { villageId, code, quantity: wanted - quantityOnHand, source: 'refused', idempotencyKey });
  }
  return outcome;
}

function withPresence(
  act: RedemptionDraft['acts'][0],
  { facts, disclosed }: DecidedPresence,
): RedemptionDraft['acts'][0] {
  return { ...act, facts: { ...act.facts, ...facts }, disclosed: { ...act.disclosed, ...disclosed } };
}
