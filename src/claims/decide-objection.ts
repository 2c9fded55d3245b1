/** 异议: who may still object to a line, and what an answer does to its points. */
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
}

/** What is taken back when an objection is upheld after the points became spendable. */
export function decideUpheld(
  claim: Claim,
  award: StandingAward | null,
  reason: string,
): AnswerRefusal | { acts: ActDraft[]; occurredOn: string | null } {
  const { accountId, pseudonym, amountCentipoints, balanceCentipoints, headName: name, status } = claim;
  if (!award || award.isReversed) return { acts: [], occurredOn: null };
  if (status !== 'active') return { refused: 'claim_account_not_active', name, status };
  const left = balanceCentipoints - amountCentipoints;
  if (left < 0) return { refused: 'points_already_spent', missingCentipoints: -left };
  return {
    occurredOn: award.occurredOn,
    acts: [
      {
        type: 'points.reverse',
        facts: { of: award.type },
        disclosed: { reason },
        reversesSeq: award.seq,
        entry: { accountId, pseudonym, amountCentipoints: -amountCentipoints },
      },
    ],
  };
}
