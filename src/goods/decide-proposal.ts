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

/** A first price among others that are decided together. */
export interface FirstPrice extends ProposalHands {
  proposalId: number;
  kind: 'price' | 'first' | 'writeoff';
  name: string;
  spec: string;
  /** Some price of the goods was approved meanwhile. */
  isOffered: boolean;
}

/** In order of precedence; whichever stands against one of them stands against all. */
export type FirstPricesRefusal =
  | { refused: 'no_first_price_chosen' }
  | { refused: 'unknown_proposal' }
  | { refused: 'first_price_decided'; goods: string }
  | { refused: 'own_first_price'; goods: string };

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

/** All that were named, in their order, or what stands against one of them. */
export function decideFirstPrices<Price extends FirstPrice>(
  named: readonly number[],
  found: readonly Price[],
  event: 'approve' | 'decline',
  personId: number,
): FirstPricesRefusal | { chosen: Price[] } {
  if (named.length === 0) return { refused: 'no_first_price_chosen' };
  const known = new Map(found.filter(({ kind }) => kind === 'first').map((one) => [one.proposalId, one]));
  const chosen = named.flatMap((proposalId) => known.get(proposalId) ?? []);
  if (chosen.length < named.length) return { refused: 'unknown_proposal' };
  const decided = chosen.find(({ state, isOffered }) => state !== 'open' || (isOffered && event === 'approve'));
  if (decided) return { refused: 'first_price_decided', goods: goodsOf(decided) };
  const own = chosen.find((one) => 'refused' in decideProposal(one, event, personId));
  return own ? { refused: 'own_first_price', goods: goodsOf(own) } : { chosen };
}

function goodsOf({ name, spec }: FirstPrice): string {
  return `${name} ${spec}`.trim();
}
