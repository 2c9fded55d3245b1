import { type CarryOutRefusal, carryOut, type PostedOperation } from '../ledger/index.ts';
import type { Db, Reader } from '../platform/database/db.ts';
import { villageSettings } from '../settings/index.ts';
import { writeClaims } from './claim-rows.ts';
import { type Claim, claimsById } from './claims.ts';
import { isPublicized } from './decide-claim.ts';
import { decidePassing, type PassRefusal, type PassRequest } from './decide-passing.ts';
import { issueStop } from './issue-stop.ts';
import { relationsOf } from './kinship.ts';
import { waivedDuties } from './waived-duties.ts';

export interface PassInput extends PassRequest {
  villageId: number;
  idempotencyKey: string;
  today: string;
}

/** The most lines that one press agrees to. */
export const MOST_CLAIMS = 200;

/**
 * 审批: one word for any number of lines. With the last word a line's points are posted in the same call, recorded for whoever
 * asked for them: who approves posts nothing. Two lines of one household become two operations, the second decided on what the first leaves.
 */
export async function passClaims(
  db: Db,
  { villageId, idempotencyKey, today, ...input }: PassInput,
): Promise<{ operations: PostedOperation[] } | PassRefusal | CarryOutRefusal> {
  const { claimIds, step, personId } = input;
  const rounds = byRounds(await claimsById(db.sql, villageId, claimIds), claimIds);
  const operations: PostedOperation[] = [];
  for (const [round, ids] of rounds.entries()) {
    const key = round === 0 ? idempotencyKey : `${idempotencyKey} ${round + 1}`;
    const request = { claims: ids, step };
    const posting = { villageId, kind: 'passing', idempotencyKey: key, request, recordedBy: personId } as const;
    const outcome = await carryOut<PassRefusal>(db, posting, async () => {
      const claims = await readClaims(db.sql, villageId, ids);
      const [relations, waived, settings] = await Promise.all([
        relationsOf(db.sql, villageId, personId),
        waivedDuties(db.sql, villageId, today),
        villageSettings(db.sql, villageId),
      ]);
      const stop = await issueStop(db.sql, { villageId, today }, settings);
      const decided = decidePassing(
        { ...input, claimIds: ids },
        { today, claims, relations, waived, stop, unsettledMostCentipoints: settings.unsettledMostCentipoints },
      );
      if ('refused' in decided) return decided;
      return { acts: decided.acts, occurredOn: today, write: writeClaims({ changed: decided.changed }) };
    });
    if ('refused' in outcome) return outcome;
    operations.push(outcome);
  }
  return { operations };
}

/** With the accounts that points in publicity stand on. */
async function readClaims(sql: Reader, villageId: number, claimIds: readonly string[]): Promise<Claim[]> {
  const claims = await claimsById(sql, villageId, claimIds);
  const missing = claims.filter(
    (claim) => claim.pending === null && claim.amountCentipoints > 0 && isPublicized(claim),
  );
  if (missing.length === 0) return claims;
  await sql`select open_pending_account_of_claims(${villageId}, ${missing.map(({ claimId }) => claimId)}::text[])`;
  return claimsById(sql, villageId, claimIds);
}

/** Of each account one claim a round; what is not known goes into the first. */
function byRounds(claims: readonly Claim[], claimIds: readonly string[]): string[][] {
  const accounts = new Map(claims.map(({ claimId, accountId }) => [claimId, accountId]));
  const seen = new Map<number, number>();
  const rounds: string[][] = [[]];
  for (const claimId of new Set(claimIds)) {
    const account = accounts.get(claimId);
    const round = account === undefined ? 0 : (seen.get(account) ?? 0);
    if (account !== undefined) seen.set(account, round + 1);
    rounds[round] = [...(rounds[round] ?? []), claimId];
  }
  return rounds;
}
