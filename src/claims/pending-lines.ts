import type { PendingLine } from '../cards/index.ts';
import type { Reader } from '../platform/database/db.ts';
import { openClaimsOf } from './claims.ts';
import type { ClaimState } from './decide-claim.ts';

const STATES: Readonly<Partial<Record<ClaimState, PendingLine['state']>>> = {
  committee_passed: 'agreed',
  posted: 'posted',
  objected: 'objected',
  returned: 'returned',
};

/** What a household cannot spend yet, in the words of its own page; deductions that are still undecided are not announced there. */
export async function pendingLines(sql: Reader, villageId: number, accountId: number): Promise<PendingLine[]> {
  const claims = await openClaimsOf(sql, villageId, accountId);
  return claims
    .filter(({ amountCentipoints, state }) => amountCentipoints > 0 || state === 'posted' || state === 'objected')
    .map(({ claimId, ruleName, occurredOn, amountCentipoints, state, clearsOn }) => ({
      claimId,
      ruleName,
      occurredOn,
      amountCentipoints,
      state: STATES[state] ?? 'waiting',
      clearsOn,
    }));
}
