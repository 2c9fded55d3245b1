/** 异议: who may still object to a line, and what an answer does to its points. */
import { leftTerms } from '../ledger/decide-reversal.ts';
import type { AccountStatus, ActDraft } from '../ledger/index.ts';
import type { Claim } from './claims.ts';
import { type ClaimState, decideClaim } from './decide-claim.ts';

export type ObjectionRefusal =
  | { refused: 'unknown_claim' }
  | { refused: 'objection_not_posted'; name: string }
  | { refused: 'objection_late'; until: string }
  | { refused: 'objection_open' };

export function decideObjection(
  claim: Claim | null,
  { today, isOpen }: { today: string; isOpen: boolean },
): ObjectionRefusal | { state: ClaimState } {
  if (!claim) return { refused: 'unknown_claim' };
  const { state, needs, passedBy, objectableUntil, headName } = claim;
  if (isOpen) return { refused: 'objection_open' };
  const after = decideClaim({ state, needs, passed: passedBy.length }, 'object');
  if (after === null || objectableUntil === null) return { refused: 'objection_not_posted', name: headName };
  return today > objectableUntil ? { refused: 'objection_late', until: objectableUntil } : { state: after };
}

export type AnswerRefusal =
  | { refused: 'unknown_objection' }
  | { refused: 'objection_answered' }
  | { refused: 'claim_account_not_active'; name: string; status: AccountStatus }
  | { refused: 'points_already_spent'; missingCentipoints: number };

/** The award that has become spendable, where it still stands. */
export interface StandingAward {
  seq: number;
  type: 'points.award' | 'points.deduct';
  occurredOn: string;
  isReversed: boolean;
  /** What a point was worth then, where it has become worth something else since. */
  rateThenFen: number | null;
  fenPerPoint: number;
  /** What it moved; a deduction may have found less than was asked for. */
  amountCentipoints: number;
  balanceCentipoints: number;
  lastN: number;
  /** How much the household lacks to give it back. */
  missingCentipoints: number;
}

/**
 * What is taken back when an objection is upheld after the points became spendable. Where a point has become worth something else
 * since, an act of its own takes as many as those have become, on the day of the answer: the old entry stands in the old points.
 */
export function decideUpheld(
  claim: Claim,
  award: StandingAward | null,
  reason: string,
): AnswerRefusal | { acts: ActDraft[]; occurredOn: string | null } {
  const { accountId, pseudonym, headName: name, status } = claim;
  if (!award || award.isReversed) return { acts: [], occurredOn: null };
  if (status !== 'active') return { refused: 'claim_account_not_active', name, status };
  const { seq, lastN, rateThenFen, amountCentipoints, missingCentipoints } = award;
  if (rateThenFen !== null) return settleAt(rateThenFen, award, claim, reason);
  if (missingCentipoints > 0) return { refused: 'points_already_spent', missingCentipoints };
  return {
    occurredOn: award.occurredOn,
    acts: [
      {
        type: 'points.reverse',
        facts: { of: award.type },
        disclosed: { reason },
        reversesSeq: seq,
        // A rate that changes meanwhile moves the account.
        entry: {
          accountId,
          pseudonym,
          amountCentipoints: -amountCentipoints,
          expectedN: lastN,
          ...leftTerms(award),
        },
      },
    ],
  };
}

function settleAt(
  wasFen: number,
  { amountCentipoints: moved, fenPerPoint, balanceCentipoints, lastN }: StandingAward,
  { claimId, accountId, pseudonym, number, headName }: Claim,
  reason: string,
): AnswerRefusal | { acts: ActDraft[]; occurredOn: null } {
  const worthCentipoints = Math.ceil((Math.abs(moved) * wasFen) / fenPerPoint);
  const missingCentipoints = worthCentipoints - balanceCentipoints;
  if (moved > 0 && missingCentipoints > 0) return { refused: 'points_already_spent', missingCentipoints };
  const amountCentipoints = -Math.sign(moved) * worthCentipoints;
  return {
    occurredOn: null,
    acts: [
      {
        type: 'points.settle',
        facts: { claim: claimId },
        disclosed: { card: number, household: headName, reason },
        entry: { accountId, pseudonym, amountCentipoints, expectedN: lastN },
      },
    ],
  };
}
