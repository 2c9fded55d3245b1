import { maskName, type PendingLine } from '../cards/index.ts';
import type { Reader } from '../platform/database/db.ts';
import { type Claim, type HouseholdToTell, toldClaimsOf } from './claims.ts';
import { type ClaimState, OPEN_STATES } from './decide-claim.ts';
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
  return claims.map(({ claimId, ruleName, memberName, occurredOn, amountCentipoints, state, clearsOn, why }) => ({
    claimId,
    ruleName,
    memberName: memberName && maskName(memberName),
    occurredOn,
    amountCentipoints,
    state: STATES[state] ?? 'waiting',
    note: why,
    clearsOn,
  }));
}

/** How many points of these a household may get: what waits for a word or stands in publicity, deductions left out. */
export async function pendingCentipoints(sql: Reader, villageId: number, accountId: number): Promise<number> {
  const [found] = await sql<{ centipoints: number }[]>`
    select coalesce(sum(amount_centipoints), 0)::integer as centipoints
      from claim
     where village_id = ${villageId}
       and account_id = ${accountId}
       and amount_centipoints > 0
       and state = any(${[...OPEN_STATES]}::text[])`;
  return found?.centipoints ?? 0;
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
