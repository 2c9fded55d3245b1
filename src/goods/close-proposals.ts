import {
  type ActDraft,
  type CarryOutRefusal,
  carryOut,
  type PostedOperation,
  type PostingAnswer,
  type WriteOperation,
} from '../ledger/index.ts';
import { addDays } from '../platform/clock.ts';
import type { Db, Reader, Tx } from '../platform/database/db.ts';
import { decideFirstPrices, decideProposal, type FirstPricesRefusal, type ProposalRefusal } from './decide-proposal.ts';
import { type Proposal, proposals } from './proposals.ts';

export interface ProposalDecisionInput {
  villageId: number;
  proposalId: number;
  recordedBy: number;
  today: string;
}

export type ClosingRefusal =
  | ProposalRefusal
  /** Whoever added goods is told why nobody may have them. */
  | { refused: 'decline_reason_missing' };

export type ApprovalRefusal =
  | ProposalRefusal
  | { refused: 'more_than_on_hand'; quantity: number; quantityOnHand: number };

/** Several first prices, decided together, however many: all of them, or none. What a request can name bounds them. */
export interface FirstPricesInput {
  villageId: number;
  proposalIds: readonly number[];
  recordedBy: number;
  today: string;
}

/** 同意: the second person's word, and with it the act. A price holds from the next day on, a first one at once. */
export async function approveProposal(
  db: Db,
  { villageId, proposalId, recordedBy, today }: ProposalDecisionInput,
): Promise<PostedOperation | ApprovalRefusal | CarryOutRefusal> {
  const found = await proposalOf(db.sql, { villageId, proposalId, today });
  if (!found) return { refused: 'unknown_proposal' };
  const kind = found.kind === 'writeoff' ? 'writeoff' : 'pricing';
  // The key is the proposal itself, with who decides: it is approved once, however often somebody presses.
  const idempotencyKey = `goods-proposal-${proposalId}-${recordedBy}`;
  const request = { villageId, kind, idempotencyKey, request: { proposalId }, recordedBy } as const;
  return carryOut<ApprovalRefusal>(db, request, async () => {
    const proposal = await proposalOf(db.sql, { villageId, proposalId, today });
    const decided = decideProposal(proposal, 'approve', recordedBy);
    if ('refused' in decided) return decided;
    if (!proposal) return { refused: 'unknown_proposal' };
    if (proposal.kind === 'first' && proposal.isOffered) return { refused: 'proposal_decided', state: 'approved' };
    const refusal = await refuseShortLot(db.sql, villageId, proposal);
    if (refusal) return refusal;
    return { occurredOn: today, acts: [actOf(proposal, today)], isCorrection: true, write: approving([proposalId]) };
  });
}

/** 一起同意: one operation with an act for each, at the prices that were asked for. A repeat with the same key answers as the first time. */
export async function approveFirstPrices(
  db: Db,
  { villageId, proposalIds, recordedBy, today, idempotencyKey }: FirstPricesInput & { idempotencyKey: string },
): Promise<PostedOperation | FirstPricesRefusal | CarryOutRefusal> {
  const named = inOrder(proposalIds);
  const request = { villageId, kind: 'pricing', idempotencyKey, request: { firstPrices: named }, recordedBy } as const;
  return carryOut<FirstPricesRefusal>(db, request, async () => {
    const found = await proposals(db.sql, { villageId, today, proposalIds: named });
    const decided = decideFirstPrices(named, found, 'approve', recordedBy);
    if ('refused' in decided) return decided;
    const acts = decided.chosen.map((proposal) => actOf(proposal, today));
    return { occurredOn: today, acts, isCorrection: true, write: approving(named) };
  });
}

/** 一起不同意, with one reason for all. The same word given twice answers as the first time. */
export async function declineFirstPrices(
  tx: Tx,
  { villageId, proposalIds, recordedBy, today, why }: FirstPricesInput & { why: string },
): Promise<{ proposalIds: number[] } | FirstPricesRefusal | ClosingRefusal> {
  const named = inOrder(proposalIds);
  await tx`
    select 1
      from goods_proposal
     where village_id = ${villageId}
       and proposal_id = any(${named}::integer[])
     order by proposal_id
       for update`;
  const found = await proposals(tx, { villageId, today, proposalIds: named });
  const isRepeat = found.every(
    ({ state, decidedBy, decidedWhy }) => state === 'declined' && decidedBy === recordedBy && decidedWhy === why,
  );
  if (isRepeat && found.length > 0 && found.length === named.length) return { proposalIds: named };
  const decided = decideFirstPrices(named, found, 'decline', recordedBy);
  if ('refused' in decided) return decided;
  if (why === '') return { refused: 'decline_reason_missing' };
  await tx`
    update goods_proposal
       set state = 'declined',
           decided_by = ${recordedBy},
           decided_at = now(),
           decided_why = ${why}
     where village_id = ${villageId}
       and proposal_id = any(${named}::integer[])`;
  return { proposalIds: named };
}

/** Each once, so that nothing depends on how they were ticked. */
function inOrder(proposalIds: readonly number[]): number[] {
  return [...new Set(proposalIds)].sort((a, b) => a - b);
}

/** 不同意, or taken back by who asked. */
export async function closeProposal(
  sql: Reader,
  { villageId, proposalId, recordedBy, today, why = '' }: ProposalDecisionInput & { why?: string | undefined },
  event: 'decline' | 'withdraw',
): Promise<{ proposalId: number } | ClosingRefusal> {
  const proposal = await proposalOf(sql, { villageId, proposalId, today });
  const decided = decideProposal(proposal, event, recordedBy);
  if ('refused' in decided) return decided;
  if (event === 'decline' && proposal?.kind === 'first' && why === '') return { refused: 'decline_reason_missing' };
  const [closed] = await sql<{ proposalId: number }[]>`
    update goods_proposal
       set state = ${decided.state},
           decided_by = ${recordedBy},
           decided_at = now(),
           decided_why = ${why === '' ? null : why}
     where village_id = ${villageId}
       and proposal_id = ${proposalId}
       and state = 'open'
    returning proposal_id as "proposalId"`;
  if (closed) return closed;
  const now = await proposalOf(sql, { villageId, proposalId, today });
  return { refused: 'proposal_decided', state: now?.state ?? 'approved' };
}

async function proposalOf(
  sql: Reader,
  { villageId, proposalId, today }: { villageId: number; proposalId: number; today: string },
): Promise<Proposal | null> {
  const [found] = await proposals(sql, { villageId, today, proposalIds: [proposalId] });
  return found ?? null;
}

async function refuseShortLot(
  sql: Reader,
  villageId: number,
  { lotId, quantity }: Proposal,
): Promise<ApprovalRefusal | null> {
  if (lotId === null || quantity === null) return null;
  const [lot] = await sql<{ quantityOnHand: number }[]>`
    select quantity_on_hand as "quantityOnHand"
      from stock_lot
     where village_id = ${villageId}
       and lot_id = ${lotId}`;
  const quantityOnHand = lot?.quantityOnHand ?? 0;
  return quantity > quantityOnHand ? { refused: 'more_than_on_hand', quantity, quantityOnHand } : null;
}

function actOf(
  { code, kind, priceCentipoints, lotId, quantity, reason, proposedByName }: Proposal,
  today: string,
): ActDraft {
  const disclosed = { askedBy: proposedByName };
  if (kind === 'price') {
    const facts = { item: code, price: priceCentipoints ?? 0, effective: addDays(today, 1), method: 'hand' };
    return { type: 'goods.price', facts, disclosed: { ...disclosed, reason } };
  }
  if (kind === 'first') {
    const facts = { item: code, price: priceCentipoints ?? 0, effective: today, method: 'first' };
    return { type: 'goods.price', facts, disclosed: { ...disclosed, ...(reason !== '' && { reason }) } };
  }
  return {
    type: 'stock.writeoff',
    facts: { goods: [{ code, quantity: quantity ?? 0 }], reason },
    disclosed,
    moves: [{ lotId: lotId ?? 0, quantity: -(quantity ?? 0) }],
  };
}

/** See approve_proposals.sql. */
function approving(proposalIds: number[]): WriteOperation {
  return (sql, villageId, operation) => sql<{ answer: PostingAnswer }[]>`
    select approve_proposals(${villageId}, ${operation}::text::jsonb, ${proposalIds}::integer[]) as answer`;
}
