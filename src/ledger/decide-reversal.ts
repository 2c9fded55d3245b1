import type { AccountStatus, ActDraft, ActType } from './posting.ts';

/** An act as it stands in the record, with everything that its opposite needs. */
export interface RecordedAct {
  seq: number;
  type: ActType;
  occurredOn: string;
  reversedBySeq: number | null;
  /** What a point was worth then, where it has become worth something else since. */
  rateThenFen: number | null;
  entry: {
    accountId: number;
    pseudonym: string;
    status: AccountStatus;
    amountCentipoints: number;
    /** What the account holds once those before it that still stand are taken back: one operation may have several acts of it. */
    balanceCentipoints: number;
    lastN: number;
  } | null;
  /** How much of the points that it brought has expired since. */
  expiredCentipoints: number;
  /** How much it lacks to be taken back after those: what was spent since, but not a deduction that it settled and is owed again. */
  missingCentipoints: number;
  moves: { lotId: number; quantity: number; unitPriceCentipoints: number | null; quantityOnHand: number }[];
}

/** In order of precedence. */
export type ReversalRefusal =
  | { refused: 'unknown_act' }
  | { refused: 'not_reversible'; seq: number }
  | { refused: 'household_change_stays'; seq: number }
  | { refused: 'reservation_stays'; seq: number }
  | { refused: 'already_reversed'; seq: number; bySeq: number }
  | { refused: 'rate_changed_since'; seq: number; wasFen: number }
  | { refused: 'account_not_active'; seq: number; status: AccountStatus }
  | { refused: 'points_already_expired'; seq: number; expiredCentipoints: number }
  | { refused: 'points_already_spent'; seq: number; missingCentipoints: number }
  | { refused: 'goods_already_issued'; seq: number; missing: number };

/** Openings belong to a card's life, published records get a new version, and a reversal is answered by entering the act again. */
const REVERSIBLE: ReadonlySet<ActType> = new Set([
  'points.award',
  'points.deduct',
  'points.redeem',
  'points.expire',
  'stock.in',
]);

/** Changes of a household moved cards and members along: what was wrong is put right by the next change. */
const HOUSEHOLD_CHANGE = /^(account|card|household)\.|^points\.(transfer|return)$/;

/** The opposite of each act that has not been reversed yet, all with the day on which the first one happened. */
export function decideReversal(
  acts: readonly RecordedAct[],
  reason: string,
): ReversalRefusal | { occurredOn: string; acts: ActDraft[] } {
  const [first] = acts;
  if (!first) return { refused: 'unknown_act' };
  const fixed = acts.find(({ type }) => !REVERSIBLE.has(type));
  if (fixed?.type === 'points.hold') return { refused: 'reservation_stays', seq: fixed.seq };
  if (fixed) {
    return { refused: HOUSEHOLD_CHANGE.test(fixed.type) ? 'household_change_stays' : 'not_reversible', seq: fixed.seq };
  }
  const standing = acts.filter(({ reversedBySeq }) => reversedBySeq === null);
  if (standing.length === 0) return { refused: 'already_reversed', seq: first.seq, bySeq: first.reversedBySeq ?? 0 };
  for (const { seq, rateThenFen, entry, moves, expiredCentipoints, missingCentipoints } of standing) {
    // As many points would be another worth.
    if (entry && rateThenFen !== null) return { refused: 'rate_changed_since', seq, wasFen: rateThenFen };
    if (entry && entry.status !== 'active') return { refused: 'account_not_active', seq, status: entry.status };
    // They are gone already: taken back as well, they would be lost twice.
    if (expiredCentipoints > 0) return { refused: 'points_already_expired', seq, expiredCentipoints };
    if (missingCentipoints > 0) return { refused: 'points_already_spent', seq, missingCentipoints };
    const short = moves.find((move) => move.quantityOnHand < move.quantity);
    if (short) return { refused: 'goods_already_issued', seq, missing: short.quantity - short.quantityOnHand };
  }
  return { occurredOn: first.occurredOn, acts: standing.map((act) => opposite(act, reason)) };
}

function opposite({ type, seq, entry, moves }: RecordedAct, reason: string): ActDraft {
  return {
    type: entry ? 'points.reverse' : 'stock.reverse',
    facts: { of: type },
    disclosed: { reason },
    reversesSeq: seq,
    ...(entry && {
      entry: {
        accountId: entry.accountId,
        pseudonym: entry.pseudonym,
        amountCentipoints: -entry.amountCentipoints,
        // A rate that changed meanwhile has moved the account.
        expectedN: entry.lastN,
        ...leftTerms(entry),
      },
    }),
    moves: moves.map(({ lotId, quantity, unitPriceCentipoints }) => ({
      lotId,
      quantity: -quantity,
      ...(unitPriceCentipoints !== null && { unitPriceCentipoints }),
    })),
  };
}

/** Below nothing it falls only as far as deductions are owed again, as long as nothing else moves the account. */
export function leftTerms({
  amountCentipoints,
  balanceCentipoints,
  lastN,
}: Pick<NonNullable<RecordedAct['entry']>, 'amountCentipoints' | 'balanceCentipoints' | 'lastN'>) {
  const left = balanceCentipoints - amountCentipoints;
  return left < 0 && amountCentipoints > 0 ? { expectedN: lastN, leastCentipoints: left } : {};
}
