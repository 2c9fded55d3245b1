/**
 * What becomes of something that one person asks for and another decides: a price set by hand, the first price
 * of goods that the village added, goods written off.
 *
 *   open  – approve (somebody else)  → approved, together with its act
 *         – decline (somebody else)  → declined
 *         – withdraw (who asked)     → withdrawn
 *
 * The other states are ends. Whoever asked never decides, whatever else they may do, nor who added the goods that a first price is for.
 */
export type ProposalState = 'open' | 'approved' | 'declined' | 'withdrawn';

/** Who may have no say in it. */
export interface ProposalHands {
  state: ProposalState;
  proposedBy: number;
  /** Who added the goods, where their first price waits. */
  addedBy: number | null;
}

export type ProposalEvent = 'approve' | 'decline' | 'withdraw';

/** In order of precedence. */
export type ProposalRefusal =
  | { refused: 'unknown_proposal' }
  | { refused: 'proposal_decided'; state: ProposalState }
  | { refused: 'own_proposal' }
  | { refused: 'not_own_proposal' };

const LEADS_TO = { approve: 'approved', decline: 'declined', withdraw: 'withdrawn' } as const;

export function decideProposal(
  proposal: ProposalHands | null,
  event: ProposalEvent,
  personId: number,
): ProposalRefusal | { state: ProposalState } {
  if (!proposal) return { refused: 'unknown_proposal' };
  if (proposal.state !== 'open') return { refused: 'proposal_decided', state: proposal.state };
  const isOwn = proposal.proposedBy === personId;
  if (event === 'withdraw') return isOwn ? { state: LEADS_TO[event] } : { refused: 'not_own_proposal' };
  return isOwn || proposal.addedBy === personId ? { refused: 'own_proposal' } : { state: LEADS_TO[event] };
}
