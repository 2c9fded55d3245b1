import { type ActDraft, type CarryOutRefusal, carryOut, type PostedOperation } from '../ledger/index.ts';
import type { Db } from '../platform/database/db.ts';
import { changeOf, writeClaims } from './claim-rows.ts';
import { type Claim, claimById } from './claims.ts';
import { type ClaimStep, decideClaim, nextStep } from './decide-claim.ts';
import { accountOf } from './decide-passing.ts';

export interface ClaimChangeInput {
  villageId: number;
  claimId: string;
  reason: string;
  idempotencyKey: string;
  personId: number;
  today: string;
}

export type ClaimChangeRefusal =
  | { refused: 'unknown_claim' }
  | { refused: 'claim_decided' | 'claim_waits_for_another'; claim: string; name: string };

/** 退回: whoever has the next word sends it back with a reason; what came into publicity and is not posted yet may go back as well. */
export function returnClaim(
  db: Db,
  { steps, ...input }: ClaimChangeInput & { steps: readonly ClaimStep[] },
): Promise<PostedOperation | ClaimChangeRefusal | CarryOutRefusal> {
  return changeClaim(db, input, 'return', ({ state, needs, passedBy }) => {
    const next = nextStep({ state, needs, passed: passedBy.length }) ?? 'committee';
    return steps.includes(next) ? null : 'claim_waits_for_another';
  });
}

/** 撤回: whoever records awards takes it back before it is posted. */
export function withdrawClaim(
  db: Db,
  input: ClaimChangeInput,
): Promise<PostedOperation | ClaimChangeRefusal | CarryOutRefusal> {
  return changeClaim(db, input, 'withdraw', () => null);
}

async function changeClaim(
  db: Db,
  { villageId, claimId, reason, idempotencyKey, personId, today }: ClaimChangeInput,
  event: 'return' | 'withdraw',
  stands: (claim: Claim) => 'claim_waits_for_another' | null,
): Promise<PostedOperation | ClaimChangeRefusal | CarryOutRefusal> {
  const request = { claim: claimId, event, reason };
  return carryOut<ClaimChangeRefusal>(
    db,
    { villageId, kind: 'claim', idempotencyKey, request, recordedBy: personId },
    async () => {
      const claim = await claimById(db.sql, villageId, claimId);
      if (!claim) return { refused: 'unknown_claim' };
      const { state, needs, passedBy, headName: name } = claim;
      const after = decideClaim({ state, needs, passed: passedBy.length }, event);
      if (after === null) return { refused: 'claim_decided', claim: claimId, name };
      const against = stands(claim);
      if (against) return { refused: against, claim: claimId, name };
      const change: ActDraft = {
        type: `claim.${event}`,
        facts: { claim: claimId },
        disclosed: { reason },
        account: accountOf(claim),
      };
      const taken = claim.state === 'committee_passed' ? takePending(claim, reason) : [];
      return {
        occurredOn: (taken.length > 0 && dayOfTaking(claim)) || today,
        acts: [...taken, change],
        isCorrection: true,
        write: writeClaims({ changed: [changeOf({ ...claim, passedBy: [] }, after, taken.length + 1)] }),
      };
    },
  );
}

/** What is taken back counts for the day for which it stood; in other points than it stood in, for the day on which it is taken: null. */
export function dayOfTaking({ pendingOn, isConverted }: Claim): string | null {
  return isConverted ? null : pendingOn;
}

/** The points leave the account of what is in publicity, for nothing. Converted they are no longer as many as came there. */
export function takePending(
  { claimId, pending, pendingSeq, isConverted, amountCentipoints }: Claim,
  reason: string,
): ActDraft[] {
  if (!pending || pendingSeq === null) return [];
  const entry = { ...pending, amountCentipoints: -amountCentipoints };
  if (isConverted) return [{ type: 'points.settle', facts: { claim: claimId }, disclosed: { reason }, entry }];
  return [
    {
      type: 'points.reverse',
      facts: { of: 'points.pend' },
      disclosed: { reason },
      reversesSeq: pendingSeq,
      entry,
    },
  ];
}
