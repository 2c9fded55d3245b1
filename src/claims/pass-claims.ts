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
 * 审批: one word for any number of lines, all of them or none, in one operation. With the last word a line's points are posted in the
 * same call, recorded for whoever asked for them: who approves posts nothing. Of several lines of one household each is decided on what
 * those before it leave.
 */
export async function passClaims(
  db: Db,
  { villageId, idempotencyKey, today, ...input }: PassInput,
): Promise<PostedOperation | PassRefusal | CarryOutRefusal> {
  const { claimIds, step, personId } = input;
  const request = { claims: [...new Set(claimIds)], step };
  const posting = { villageId, kind: 'passing', idempotencyKey, request, recordedBy: personId } as const;
  return carryOut<PassRefusal>(db, posting, async () => {
    const claims = await readClaims(db.sql, villageId, claimIds);
    const [relations, waived, settings] = await Promise.all([
      relationsOf(db.sql, villageId, personId),
      waivedDuties(db.sql, villageId, today),
      villageSettings(db.sql, villageId),
    ]);
    const stop = await issueStop(db.sql, { villageId, today }, settings);
    const decided = decidePassing(input, {
      today,
      claims,
      relations,
      waived,
      stop,
      unsettledMostCentipoints: settings.unsettledMostCentipoints,
    });
    if ('refused' in decided) return decided;
    return { acts: decided.acts, occurredOn: today, write: writeClaims({ changed: decided.changed }) };
  });
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
