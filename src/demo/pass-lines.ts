import { type ClaimStep, claimsOfOperation, passClaims } from '../claims/index.ts';
import type { Db } from '../platform/database/db.ts';
import { must } from './must.ts';

/** What waits for a word since an award. */
export async function claimIds({ sql }: Db, villageId: number, operationId: string): Promise<string[]> {
  return (await claimsOfOperation(sql, villageId, operationId)).map(({ claimId }) => claimId);
}

/** Somebody says yes to these lines. */
export async function passLines(
  db: Db,
  villageId: number,
  ids: readonly string[],
  step: ClaimStep,
  personId: number,
  today: string,
): Promise<void> {
  const personName = await personNamed(db, personId);
  const word = { step, personId, personName, mayHandOut: false };
  await must(passClaims(db, { villageId, claimIds: ids, ...word, today, idempotencyKey: `demo-${step}-${ids[0]}` }));
}

async function personNamed({ sql }: Db, personId: number): Promise<string> {
  const [person] = await sql<{ name: string }[]>`select display_name as name from person where person_id = ${personId}`;
  return person?.name ?? '';
}
