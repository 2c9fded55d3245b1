import { type CarryOutRefusal, carryOut, type PostedOperation } from '../ledger/index.ts';
import type { StoredPhoto } from '../photos/index.ts';
import type { Db, Reader } from '../platform/database/db.ts';
import { photoFacts } from '../problems/index.ts';
import { type ChangedClaim, changeOf, writeClaims } from './claim-rows.ts';
import { claimTerms } from './claim-terms.ts';
import { readyClaims } from './claims.ts';
import { decidePublicity } from './decide-publicity.ts';

/** A leaf has a greatest length, and a board as well. */
export const MOST_LINES = 300;

export interface SheetInput {
  villageId: number;
  /** The lines that the sheet on the board shows. */
  claimIds: readonly string[];
  /** Of the board with the sheet on it; for everybody. */
  photos?: readonly StoredPhoto[] | undefined;
  idempotencyKey: string;
  personId: number;
  today: string;
}

export type SheetRefusal = { refused: 'nothing_to_post' } | { refused: 'sheet_changed' };

/**
 * 张榜: the first secretary says that the sheet hangs on the board, with a photo of it or without, and the days of each of its lines
 * begin. No word, no clock. What
 * has changed since the sheet was printed is refused as a whole, for the board must show what the record says.
 */
export async function postSheet(
  db: Db,
  { villageId, claimIds, photos = [], idempotencyKey, personId, today }: SheetInput,
): Promise<PostedOperation | SheetRefusal | CarryOutRefusal> {
  const wanted = [...new Set(claimIds)].sort();
  const named = photos.map(({ publicId }) => publicId);
  const request = { claims: wanted, ...(named.length > 0 && { photos: named }) };
  return carryOut<SheetRefusal>(
    db,
    { villageId, kind: 'posting', idempotencyKey, request, recordedBy: personId },
    async () => {
      if (wanted.length === 0) return { refused: 'nothing_to_post' };
      const [ready, terms, sheet] = await Promise.all([
        readyClaims(db.sql, villageId, MOST_LINES),
        claimTerms(db.sql, villageId),
        nextSheet(db.sql, villageId),
      ]);
      const claims = ready.filter(({ claimId }) => wanted.includes(claimId));
      if (claims.length !== wanted.length) return { refused: 'sheet_changed' };
      const lines = claims.map((claim) => ({ claim, ...decidePublicity(claim, terms, today) }));
      const changed: ChangedClaim[] = lines.map(({ claim, clearsOn, objectableUntil }) => ({
        ...changeOf(claim, 'posted', 1),
        sheet,
        postedOn: today,
        clearsOn,
        objectableUntil,
      }));
      return {
        occurredOn: today,
        acts: [
          {
            type: 'claim.post',
            facts: {
              sheet,
              lines: lines.map(({ claim, clearsOn, objectableUntil }) => ({
                claim: claim.claimId,
                clears: clearsOn,
                until: objectableUntil,
              })),
              ...photoFacts(photos),
            },
          },
        ],
        isCorrection: true,
        write: writeClaims({ changed }),
      };
    },
  );
}

async function nextSheet(sql: Reader, villageId: number): Promise<number> {
  const [found] = await sql<{ next: number }[]>`
    select coalesce(max(sheet), 0) + 1 as next
      from claim
     where village_id = ${villageId}`;
  return found?.next ?? 1;
}
