import { createHash } from 'node:crypto';
import { type CanonicalValue, canonicalJson, leafPieces, openingDigest, openingsOf } from '../auditlog/index.ts';
import { newPublicId } from '../platform/ids.ts';
import type { ActDraft, Posting } from './posting.ts';

/** Puts a posting into the shape of `post_act`: leaves in pieces, digests of what is personal, entries and moves by act. */
export function prepareOperation(posting: Posting) {
  return {
    operationId: newPublicId(),
    kind: posting.kind,
    idempotencyKey: posting.idempotencyKey,
    requestHash: requestHash(posting),
    recordedBy: posting.recordedBy,
    occurredOn: posting.occurredOn,
    isCorrection: posting.isCorrection ?? false,
    closesMonth: posting.closesMonth,
    expectedSize: posting.expectedSize,
    checksSeq: posting.checksSeq,
    acts: posting.acts.map((act) => prepareAct(act, posting)),
    entries: posting.acts.flatMap(({ entry }, index) =>
      entry && entry.amountCentipoints !== 0
        ? [
            {
              act: index + 1,
              account: entry.accountId,
              amount: entry.amountCentipoints,
              expectedN: entry.expectedN,
              least: entry.leastCentipoints,
            },
          ]
        : [],
    ),
    statuses: posting.acts.flatMap(({ entry, account }) =>
      [entry, account].flatMap((named) =>
        named?.status ? [{ account: named.accountId, from: named.status.from, to: named.status.to }] : [],
      ),
    ),
    lots: (posting.lots ?? []).map((lot) => ({
      goods: lot.goodsId,
      quantity: lot.quantity,
      sourceKind: lot.sourceKind,
      sourceName: lot.sourceName,
      fund: lot.fund,
      giftSeq: lot.giftSeq,
      awaitsCheck: lot.awaitsCheck ?? false,
      unitValueFen: lot.unitValueFen,
      useBy: lot.useBy,
    })),
    moves: posting.acts.flatMap(({ moves }, index) =>
      (moves ?? []).map((move) => ({
        act: index + 1,
        lot: move.lotId,
        quantity: move.quantity,
        price: move.unitPriceCentipoints,
      })),
    ),
  };
}

/** What a repeat of the key must match: the kind of act and the request, not who sent it or when. */
export function requestHash({ kind, request }: Pick<Posting, 'kind' | 'request'>): string {
  return createHash('sha256').update(canonicalJson({ kind, request })).digest('hex');
}

function prepareAct(act: ActDraft, posting: Posting) {
  const id = newPublicId();
  const openings = openingsOf(act.disclosed ?? {});
  const hasEntry = act.entry !== undefined && act.entry.amountCentipoints !== 0;
  // An entry names its account by itself; an act that moves no points says in its facts whom it is about.
  const actFacts = act.account ? { ...act.facts, acct: act.account.pseudonym } : act.facts;
  const facts: Record<string, CanonicalValue> = {
    ...actFacts,
    v: 1,
    id,
    type: act.type,
    occurred: posting.occurredOn,
    commit: openings.map(openingDigest).sort(),
  };
  if (act.entry && hasEntry) {
    facts.acct = act.entry.pseudonym;
    facts.delta = act.entry.amountCentipoints;
  }
  if (act.reversesSeq !== undefined) facts.reverses = act.reversesSeq;
  return {
    id,
    type: act.type,
    facts: actFacts,
    ...leafPieces(facts, hasEntry),
    openings: openings.length > 0 ? openings : undefined,
    reverses: act.reversesSeq,
    recordedBy: act.recordedBy,
  };
}
