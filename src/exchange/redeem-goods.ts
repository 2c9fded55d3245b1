import { checkCardPin, type PinCheckRefusal } from '../cards/index.ts';
import { type CarryOutRefusal, carryOut, findPosted, type PostedOperation, type Request } from '../ledger/index.ts';
import type { Db } from '../platform/database/db.ts';
import { type DecidedPresence, decidePresence, type Presence, type PresenceRefusal } from './decide-presence.ts';
import {
  decideRedemption,
  type RedemptionBasis,
  type RedemptionDraft,
  type RedemptionRefusal,
  type RedemptionRequest,
} from './decide-redemption.ts';
import { presenceBasis } from './presence-basis.ts';
import { redemptionBasis } from './redemption-basis.ts';

export interface RedemptionInput extends RedemptionRequest, Presence {
  villageId: number;
  idempotencyKey: string;
  recordedBy: number;
  /** The exchange happens now, on this day. */
  today: string;
  /** What the household typed, where it asked for digits. Never a part of the request that is kept. */
  pin?: string | undefined;
  /** Where it comes from, for the security log. */
  address?: string | undefined;
}

type Refused =
  | RedemptionRefusal
  | PresenceRefusal
  | PinCheckRefusal
  /** Digits are how the household says that somebody may fetch for it. */
  | { refused: 'pin_needed_from_proxy'; number: string };

/**
 * 兑换: several goods for points in one act. The counter stays open when the month's record is already published; the
 * exchange then stands in the record's next version.
 */
export async function redeemGoods(
  db: Db,
  input: RedemptionInput,
): Promise<PostedOperation | Refused | CarryOutRefusal> {
  const { villageId, idempotencyKey, recordedBy, today, card } = input;
  const lines = input.lines.map(({ code, quantity }) => ({ code, quantity }));
  const content = { card, lines, ...keptPresence(input) };
  const request = { villageId, kind: 'redemption', idempotencyKey, request: content, recordedBy } as const;
  let isPinRight = false;
  return carryOut<Refused>(db, request, async () => {
    const basis = await redemptionBasis(db.sql, villageId, input, today);
    const decided = decideRedemption(input, basis);
    if ('refused' in decided) return decided;
    const present = await whoIsThere(db, input, basis);
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
}

/** Only where somebody else is there, so that an ordinary request is what it always was. */
function keptPresence({ proxy, confirmedBy = [] }: Presence) {
  return {
    ...(proxy && { proxy: { relation: proxy.relation, ...(proxy.name !== undefined && { name: proxy.name }) } }),
    ...(confirmedBy.length > 0 && { confirmedBy }),
  };
}

async function whoIsThere(
  { sql }: Db,
  { villageId, recordedBy, today, proxy, confirmedBy = [] }: RedemptionInput,
  { card }: RedemptionBasis,
): Promise<PresenceRefusal | (DecidedPresence & { logSize?: number })> {
  if (!card || (!proxy && confirmedBy.length === 0)) return { facts: {}, disclosed: {} };
  const { accountId } = card;
  const basis = await presenceBasis(sql, { villageId, recordedBy, today, accountId, proxyName: proxy?.name });
  const decided = decidePresence({ proxy, confirmedBy }, basis);
  // Only a proxy is counted, so only then must nobody else come in between.
  return 'refused' in decided || !proxy ? decided : { ...decided, logSize: basis.logSize };
}

/** A repeat of what was done is answered without asking again: no guess is counted for it. */
async function refusePin({ sql }: Db, input: RedemptionInput, request: Request): Promise<Refused | null> {
  const { villageId, recordedBy, today, card: number, pin, proxy, confirmedBy = [], address = null } = input;
  if (!proxy && confirmedBy.length > 0) return null;
  if ((await findPosted(sql, request)) !== null) return { refused: 'pin_needed', number };
  const refusal = await checkCardPin(sql, { villageId, personId: recordedBy, address }, { number, pin, today });
  return proxy && refusal?.refused === 'pin_needed' ? { refused: 'pin_needed_from_proxy', number } : refusal;
}

function withPresence(
  act: RedemptionDraft['acts'][0],
  { facts, disclosed }: DecidedPresence,
): RedemptionDraft['acts'][0] {
  return { ...act, facts: { ...act.facts, ...facts }, disclosed: { ...act.disclosed, ...disclosed } };
}
