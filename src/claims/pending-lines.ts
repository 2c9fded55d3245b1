import type { PendingLine } from '../cards/index.ts';
import type { Reader } from '../platform/database/db.ts';
import { type Claim, type HouseholdToTell, toldClaimsOf } from './claims.ts';
import type { ClaimState } from './decide-claim.ts';
import { objectionsOf } from './objections.ts';

const STATES: Readonly<Partial<Record<ClaimState, PendingLine['state']>>> = {
  committee_passed: 'agreed',
  posted: 'posted',
  objected: 'objected',
  returned: 'returned',
  upheld: 'upheld',
};

/** What a household cannot spend yet, in the words of its own page; deductions that are still undecided are not announced there. */
export async function pendingLines(sql: Reader, household: HouseholdToTell): Promise<PendingLine[]> {
  const claims = await explainedClaims(sql, household);
  return claims.map(({ claimId, ruleName, occurredOn, amountCentipoints, state, clearsOn, why }) => ({
    claimId,
    ruleName,
    occurredOn,
    amountCentipoints,
    state: STATES[state] ?? 'waiting',
    note: why,
    clearsOn,
  }));
}

/** With the reason of what was returned, and the answer by which something does not count. */
export async function explainedClaims(
  sql: Reader,
  household: HouseholdToTell,
): Promise<(Claim & { why: string | null })[]> {
  const claims = await toldClaimsOf(sql, household);
  const upheld = claims.filter(({ state }) => state === 'upheld').map(({ claimId }) => claimId);
  const answers = upheld.length === 0 ? [] : await objectionsOf(sql, household.villageId, upheld);
  const answerOf = new Map(answers.map(({ claimId, answer }) => [claimId, answer]));
  return claims.map((claim) => ({ ...claim, why: answerOf.get(claim.claimId) ?? claim.reason }));
}
