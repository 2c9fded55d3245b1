import { createHash } from 'node:crypto';
import { type ActDraft, carryOut } from '../ledger/index.ts';
import type { Db } from '../platform/database/db.ts';
import { villageSettings } from '../settings/index.ts';
import { type ChangedClaim, changeOf, writeClaims } from './claim-rows.ts';
import { type Claim, dueClaims } from './claims.ts';
import { draftAward, recorderOf } from './decide-passing.ts';

const LINES_A_ROUND = 200;

/**
 * 公示期满: what was posted for its days and nobody doubts becomes spendable. Nobody decides anything here, so it may be asked for at
 * any time, by anybody, and twice at once: the row of each claim says under its lock whether it is done. Answers how many were.
 */
export async function clearClaims(db: Db, { villageId, today }: { villageId: number; today: string }): Promise<number> {
  let cleared = 0;
  for (;;) {
    const claims = await dueClaims(db.sql, villageId, today, LINES_A_ROUND);
    const [first] = claims;
    if (!first) return cleared;
    const ids = claims.map(({ claimId }) => claimId);
    const outcome = await carryOut<{ refused: 'cleared_by_another' }>(
      db,
      {
        villageId,
        kind: 'clearing',
        idempotencyKey: `clearing ${createHash('sha256')
          .update(`${ids.join(' ')} ${today}`)
          .digest('hex')}`,
        request: { claims: ids },
        // The committee's word is what happens now.
        recordedBy: first.passedBy.at(-1) ?? recorderOf(first, 0),
      },
      async () => {
        const [still, { unsettledMostCentipoints }] = await Promise.all([
          dueClaims(db.sql, villageId, today, LINES_A_ROUND),
          villageSettings(db.sql, villageId),
        ]);
        if (still.length !== ids.length || still.some(({ claimId }, place) => claimId !== ids[place])) {
          return { refused: 'cleared_by_another' };
        }
        const { acts, changed } = draftClearing(still, { today, unsettledMostCentipoints });
        return { acts, occurredOn: today, write: writeClaims({ changed }) };
      },
    );
    if (!('refused' in outcome)) cleared += outcome.isReplay ? 0 : ids.length;
    else if (outcome.refused !== 'cleared_by_another') return cleared;
  }
}

/** Out of what is in publicity and at once into what can be spent; a deduction has waited without points. */
function draftClearing(
  claims: readonly Claim[],
  terms: Parameters<typeof draftAward>[3],
): { acts: ActDraft[]; changed: ChangedClaim[] } {
  const acts: ActDraft[] = [];
  const changed: ChangedClaim[] = [];
  for (const claim of claims) {
    const { pending, amountCentipoints, claimId } = claim;
    const recordedBy = recorderOf(claim, 0);
    if (amountCentipoints > 0) {
      if (!pending) throw new Error('what was posted has an account');
      acts.push({
        type: 'points.clear',
        facts: { claim: claimId },
        entry: { ...pending, amountCentipoints: -amountCentipoints },
        recordedBy,
      });
    }
    acts.push(draftAward(claim, claim.passedByNames, recordedBy, terms));
    changed.push({ ...changeOf(claim, 'cleared', acts.length), awardAct: acts.length });
  }
  return { acts, changed };
}
