import type { CanonicalValue } from '../auditlog/index.ts';
import { type ActDraft, type CarryOutRefusal, carryOut, type Fund, type PostedOperation } from '../ledger/index.ts';
import type { StoredPhoto } from '../photos/index.ts';
import type { Db } from '../platform/database/db.ts';
import { becameOf, NOTHING_YET } from './became-of.ts';
import {
  decideInspection,
  decideSpending,
  decideState,
  type GiftLine,
  type GiftRefusal,
  type Purpose,
  worth,
} from './decide-gift.ts';
import { type DonorRefusal, donorByPublicId } from './donors.ts';
import { type Gift, readGifts, waitingFen } from './gifts.ts';

/** What is given: goods by their codes and values, or money. */
export interface GiftContent {
  kind: 'goods' | 'money';
  lines: readonly GiftLine[];
  /** Of money. */
  fen: number;
}

export type GiftStep =
  | ({ step: 'announce'; donor: string; fund: Fund; wish: string; isThere: boolean } & GiftContent)
  | ({ step: 'receive'; giftSeq: number } & Omit<GiftContent, 'kind'>)
  | { step: 'inspect'; giftSeq: number; passed: boolean; lines: readonly GiftLine[]; reason: string }
  | { step: 'spend'; giftSeq: number; fen: number; purpose: Purpose; invoice: string; seller: string }
  | { step: 'trace'; giftSeq: number }
  | { step: 'report'; giftSeq: number };

export interface GiftInput {
  villageId: number;
  step: GiftStep;
  photos?: readonly StoredPhoto[] | undefined;
  idempotencyKey: string;
  recordedBy: number;
  today: string;
}

export type GiftOutcome = PostedOperation | GiftRefusal | DonorRefusal | CarryOutRefusal;

/**
 * One step of a gift, as an act of the public record. It is decided on the record at a size and posted at that size or not at all, so
 * receipts are numbered without a gap and no fen is spent twice. The donor's name, wish and seller stand there as digests.
 */
export async function recordGift(
  db: Db,
  { villageId, step, photos = [], today, ...by }: GiftInput,
): Promise<GiftOutcome> {
  const request = { villageId, kind: 'gift', request: plainValue({ step }), ...by } as const;
  return carryOut<GiftRefusal | DonorRefusal>(db, request, async () => {
    const { gifts, logSize } = await readGifts(db.sql, villageId);
    const acts =
      step.step === 'announce'
        ? await announce(db, villageId, step, { gifts, seq: logSize })
        : await goOn(db, villageId, step, { gifts, by: by.recordedBy });
    if ('refused' in acts) return acts;
    const [first, ...rest] = acts;
    if (!first) throw new Error('a step is at least one act');
    const shown = photos.map(({ publicId, sha256 }) => ({ photo: publicId, sha256 }));
    const facts = shown.length === 0 ? first.facts : { ...first.facts, photos: shown };
    // It is about no day of any published record.
    return { occurredOn: today, acts: [{ ...first, facts }, ...rest], isCorrection: true, expectedSize: logSize };
  });
}

async function announce(
  db: Db,
  villageId: number,
  { donor: publicId, fund, wish, isThere, ...content }: Extract<GiftStep, { step: 'announce' }>,
  { gifts, seq }: { gifts: readonly Gift[]; seq: number },
): Promise<ActDraft[] | GiftRefusal | DonorRefusal> {
  const donor = await donorByPublicId(db.sql, villageId, publicId);
  if (!donor) return { refused: 'unknown_donor' };
  const { kind } = content;
  const given = contentFacts(content);
  if (given.fen < 1) return { refused: 'gift_empty' };
  const disclosed = { donor: donor.name, wish: wish === '' ? undefined : wish };
  const first: ActDraft = {
    type: 'gift.announce',
    facts: { gift: seq, donor: publicId, kind, fund, ...given },
    disclosed,
  };
  return isThere
    ? [first, { type: 'gift.receive', facts: { gift: seq, receipt: nextReceipt(gifts), ...given } }]
    : [first];
}

type LaterStep = Exclude<GiftStep, { step: 'announce' }>;

async function goOn(
  db: Db,
  villageId: number,
  step: LaterStep,
  { gifts, by }: { gifts: readonly Gift[]; by: number },
): Promise<ActDraft[] | GiftRefusal> {
  const { giftSeq } = step;
  const gift = gifts.find(({ seq }) => seq === giftSeq);
  if (!gift) return { refused: 'unknown_gift', giftSeq };
  switch (step.step) {
    case 'receive': {
      const wrong = decideState(gift, 'receive');
      if (wrong) return wrong;
      const given = contentFacts({ kind: gift.kind, lines: step.lines, fen: step.fen });
      if (given.fen < 1) return { refused: 'gift_empty' };
      return [{ type: 'gift.receive', facts: { gift: giftSeq, receipt: nextReceipt(gifts), ...given } }];
    }
    case 'inspect': {
      const { passed, lines, reason } = step;
      const decided = decideInspection(gift, { passed, lines, inspector: by });
      if ('refused' in decided) return decided;
      const goods = decided.lines.length === 0 ? {} : { goods: plain(decided.lines) };
      const facts = { gift: giftSeq, outcome: passed ? 'passed' : 'refused', fen: decided.fen, ...goods };
      return [{ type: 'gift.inspect', facts, disclosed: { reason: reason === '' ? undefined : reason } }];
    }
    case 'spend': {
      const { fen, purpose, invoice, seller } = step;
      const wrong = decideSpending(gift, { fen, purpose, invoice });
      if (wrong) return wrong;
      const disclosed = { invoice: invoice === '' ? undefined : invoice, seller: seller === '' ? undefined : seller };
      return [{ type: 'gift.spend', facts: { gift: giftSeq, fen, purpose }, disclosed }];
    }
    case 'trace':
      return decideState(gift, 'trace') ?? [await trace(db, villageId, gift)];
    case 'report':
      return decideState(gift, 'report') ?? [{ type: 'gift.report', facts: { gift: giftSeq } }];
  }
}

function plainValue(value: unknown): CanonicalValue {
  return JSON.parse(JSON.stringify(value)) as CanonicalValue;
}

/** What is left is on the shelf, waits for it, or is money; what is lost was written off or missing. */
async function trace(db: Db, villageId: number, gift: Gift): Promise<ActDraft> {
  const became = (await becameOf(db.sql, villageId, { giftSeq: gift.seq })).get(gift.seq) ?? NOTHING_YET;
  const money = gift.kind === 'money' ? gift.accepted - gift.spent : 0;
  return {
    type: 'gift.trace',
    facts: {
      gift: gift.seq,
      pieces: became.issuedPieces,
      households: became.households,
      fen: became.issuedFen,
      left: became.onShelfFen + waitingFen(gift) + money,
      lost: became.lostFen,
    },
  };
}

/** Without a gap and without a twin, for it is posted at the size of the log that it was counted at. */
function nextReceipt(gifts: readonly Gift[]): number {
  return Math.max(0, ...gifts.map(({ receipt }) => receipt?.number ?? 0)) + 1;
}

function contentFacts({ kind, lines, fen }: GiftContent) {
  return kind === 'money' ? { fen } : { fen: worth(lines), goods: plain(lines) };
}

const plain = (lines: readonly GiftLine[]) => lines.map(({ code, quantity, value }) => ({ code, quantity, value }));
