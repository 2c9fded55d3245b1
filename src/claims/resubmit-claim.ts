import { type CarryOutRefusal, carryOut, type PostedOperation } from '../ledger/index.ts';
import type { Db } from '../platform/database/db.ts';
import { isOutsideLimits, ruleOn, ruleTerms } from '../rules/index.ts';
import { capUsage, usedBy } from './cap-usage.ts';
import type { ClaimChangeRefusal } from './change-claim.ts';
import { changeOf, writeClaims } from './claim-rows.ts';
import { claimById } from './claims.ts';
import { decideCapped, severalTimes } from './decide-caps.ts';
import { decideClaim } from './decide-claim.ts';
import { accountOf } from './decide-passing.ts';

export interface ResubmissionInput {
  villageId: number;
  claimId: string;
  /** What was amended: takes the place of what was written before. */
  note: string;
  idempotencyKey: string;
  personId: number;
  today: string;
}

export type ResubmissionRefusal = ClaimChangeRefusal | { refused: 'claim_room_gone'; name: string };

/** 重新申报: a returned claim with other words. It begins anew, so nobody's earlier word counts. */
export async function resubmitClaim(
  db: Db,
  { villageId, claimId, note, idempotencyKey, personId, today }: ResubmissionInput,
): Promise<PostedOperation | ResubmissionRefusal | CarryOutRefusal> {
  const request = { claim: claimId, note };
  return carryOut<ResubmissionRefusal>(
    db,
    { villageId, kind: 'claim', idempotencyKey, request, recordedBy: personId },
    async () => {
      const claim = await claimById(db.sql, villageId, claimId);
      if (!claim) return { refused: 'unknown_claim' };
      const { state, needs, passedBy, headName: name, accountId, occurredOn, times, match } = claim;
      const after = decideClaim({ state, needs, passed: passedBy.length }, 'resubmit');
      if (after === null) return { refused: 'claim_decided', claim: claimId, name };
      const [rule, limits] = await Promise.all([
        ruleOn(db.sql, villageId, claim.rule, occurredOn),
        ruleTerms(db.sql, villageId),
      ]);
      if (!rule || rule.version !== claim.version) return { refused: 'claim_room_gone', name };
      const members = new Map(claim.member === null ? [] : [[accountId, [claim.member]]]);
      const question = { villageId, accountIds: [accountId], rule, members, occurredOn };
      const used = await capUsage(db.sql, question);
      // While it was returned its room was free for others.
      const room = decideCapped(
        severalTimes({ ...rule, isOutsideLimits: isOutsideLimits(rule) }, times),
        limits,
        usedBy(used, accountId, claim.member),
      );
      if (typeof room === 'string' || Math.abs(room) < Math.abs(claim.amountCentipoints)) {
        return { refused: 'claim_room_gone', name };
      }
      return {
        occurredOn: today,
        acts: [
          {
            type: 'claim.submit',
            facts: { claim: claimId, ...(times > 1 && { times }), ...(match !== null && { match }) },
            disclosed: { card: claim.number, household: name, member: claim.memberName ?? undefined, note },
            account: accountOf(claim),
          },
        ],
        isCorrection: true,
        write: writeClaims({ accounts: used.counted, changed: [{ ...changeOf(claim, after, 1), passedBy: [] }] }),
      };
    },
  );
}
