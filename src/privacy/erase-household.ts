import { logSize } from '../auditlog/index.ts';
import { cardByNumber, decideErasure, type ErasureRefusal } from '../cards/index.ts';
import {
  type AccountStatus,
  type CarryOutRefusal,
  carryOut,
  type PostedOperation,
  type PostingAnswer,
  type WriteOperation,
} from '../ledger/index.ts';
import { removePictures } from '../photos/index.ts';
import type { Config } from '../platform/config.ts';
import type { Db, Reader } from '../platform/database/db.ts';
import { ERASED_NAME } from '../platform/i18n/erased-name.ts';
import { type ActsAbout, actsAbout, photosAbout } from './acts-about.ts';
import { type OpenMatters, openMatters } from './open-matters.ts';

export interface ErasureInput {
  villageId: number;
  /** The household's card number. */
  number: string;
  /** Kept with the act, for the offices alone; it must not name the household again. */
  reason: string;
  idempotencyKey: string;
  recordedBy: number;
  today: string;
}

export type HouseholdErasureRefusal = ErasureRefusal | ({ refused: 'household_has_open_matters' } & OpenMatters);

/**
 * 按要求删除: who the household was is forgotten, what happened to points and goods is not. The public log keeps its entries and
 * verifies as before, for it never held a name, only salted digests whose openings are gone now. Pictures go from the store when the
 * act stands.
 */
export async function eraseHousehold(
  { db, config }: { db: Db; config: Pick<Config, 'dataDir' | 'photoStorage'> },
  { villageId, number, reason, idempotencyKey, recordedBy, today }: ErasureInput,
): Promise<PostedOperation | HouseholdErasureRefusal | CarryOutRefusal> {
  const { sql } = db;
  const request = { villageId, kind: 'erasure', idempotencyKey, request: { number, reason }, recordedBy } as const;
  let pictures: string[] = [];
  const outcome = await carryOut<HouseholdErasureRefusal>(db, request, async () => {
    const expectedSize = await logSize(sql, villageId);
    const household = await cardByNumber(sql, villageId, number);
    const refusal = decideErasure(number, household);
    if (refusal || !household) return refusal ?? { refused: 'unknown_card', number };
    const about = { villageId, householdId: household.householdId };
    const matters = await openMatters(sql, about, today);
    if (Object.values(matters).some((count) => count > 0)) return { refused: 'household_has_open_matters', ...matters };
    const [accounts, also, photos] = await Promise.all([
      accountsOf(sql, about),
      alsoAbout(sql, about),
      photosAbout(sql, about),
    ]);
    pictures = photos.map(({ sha256 }) => sha256);
    return {
      occurredOn: today,
      acts: accounts.map(({ accountId, pseudonym, status }, place) => ({
        type: 'erasure',
        facts: {},
        account: { accountId, pseudonym, status: { from: status, to: status } },
        // For the offices alone: the public log does not say whose wishes these were.
        disclosed: place === 0 ? { reason, also: also.length > 0 ? also.join(' ') : undefined } : {},
      })),
      // It is about no day of any record.
      isCorrection: true,
      expectedSize,
      write: writeErasure(household.householdId),
    };
  });
  if (!('refused' in outcome)) await removePictures({ sql, config }, pictures);
  return outcome;
}

function accountsOf(sql: Reader, { villageId, householdId }: ActsAbout) {
  return sql<{ accountId: number; pseudonym: string; status: AccountStatus }[]>`
    select account_id as "accountId",
           pseudonym,
           status
      from account
     where village_id = ${villageId}
       and holder_id = ${householdId}
     order by kind <> 'spendable', account_id`;
}

/** Acts that tell of it without naming its accounts. */
async function alsoAbout(sql: Reader, about: ActsAbout): Promise<number[]> {
  const rows = await sql<{ seq: number }[]>`
    with ${actsAbout(sql, about)}
    select beside_act.seq
      from beside_act
     order by beside_act.seq`;
  return rows.map(({ seq }) => seq);
}

/** See erase_household.sql: the act and the forgetting stand together or not at all. */
function writeErasure(householdId: number): WriteOperation {
  return (sql, villageId, operation) => sql<{ answer: PostingAnswer }[]>`
    select erase_household(${villageId}, ${operation}::text::jsonb, ${householdId}, ${ERASED_NAME}) as answer`;
}
