import type { ActDraft, ActType } from './posting.ts';

/** An act as it stands in the record, with everything that its opposite needs. */
export interface RecordedAct {
  seq: number;
  type: ActType;
  occurredOn: string;
  facts: Record<string, unknown>;
  reversedBySeq: number | null;
  entry: { accountId: number; pseudonym: string; amountCentipoints: number } | null;
  moves: { lotId: number; quantity: number; unitPriceCentipoints: number | null }[];
}

/** In order of precedence. */
export type ReversalRefusal =
  | { refused: 'unknown_act' }
  | { refused: 'not_reversible'; seq: number }
  | { refused: 'already_reversed'; seq: number; bySeq: number };

/** Openings belong to a card's life, published records get a new version, and a reversal is answered by entering the act again. */
const REVERSIBLE: ReadonlySet<ActType> = new Set(['points.award', 'points.deduct', 'points.redeem', 'stock.in']);

/** The opposite of each act that has not been reversed yet, all with the day on which the first one happened. */
export function decideReversal(
  acts: readonly RecordedAct[],
  reason: string,
): ReversalRefusal | { occurredOn: string; acts: ActDraft[] } {
  const [first] = acts;
  if (!first) return { refused: 'unknown_act' };
  const fixed = acts.find(({ type }) => !REVERSIBLE.has(type));
  if (fixed) return { refused: 'not_reversible', seq: fixed.seq };
  const standing = acts.filter(({ reversedBySeq }) => reversedBySeq === null);
  if (standing.length === 0) return { refused: 'already_reversed', seq: first.seq, bySeq: first.reversedBySeq ?? 0 };
  return { occurredOn: first.occurredOn, acts: standing.map((act) => opposite(act, reason)) };
}

function opposite(act: RecordedAct, reason: string): ActDraft {
  return {
    type: act.entry ? 'points.reverse' : 'stock.reverse',
    facts: { of: act.type },
    disclosed: { reason },
    reversesSeq: act.seq,
    ...(act.entry && { entry: { ...act.entry, amountCentipoints: -act.entry.amountCentipoints } }),
    moves: act.moves.map((move) => ({
      lotId: move.lotId,
      quantity: -move.quantity,
      ...(move.unitPriceCentipoints !== null && { unitPriceCentipoints: move.unitPriceCentipoints }),
    })),
  };
}
