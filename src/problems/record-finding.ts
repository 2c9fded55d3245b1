import { cardByNumber } from '../cards/index.ts';
import { type CarryOutRefusal, carryOut, type PostedOperation } from '../ledger/index.ts';
import type { StoredPhoto } from '../photos/index.ts';
import type { Db } from '../platform/database/db.ts';
import { openProblem } from './open-problem.ts';

export interface FindingInput {
  villageId: number;
  what: string;
  /** The household that it is about, by its card; most problems are about none. */
  card?: string | undefined;
  photos?: readonly StoredPhoto[] | undefined;
  idempotencyKey: string;
  recordedBy: number;
  today: string;
}

export type FindingRefusal = { refused: 'unknown_card'; number: string };

/** What somebody noticed, written down by hand. */
export async function recordFinding(
  db: Db,
  { villageId, what, card, photos = [], idempotencyKey, recordedBy, today }: FindingInput,
): Promise<PostedOperation | FindingRefusal | CarryOutRefusal> {
  const named = photos.map(({ publicId }) => publicId);
  const request = {
    villageId,
    kind: 'problem',
    idempotencyKey,
    request: { what, card: card ?? null, photos: named },
    recordedBy,
  } as const;
  return carryOut<FindingRefusal>(db, request, async () => {
    const household = card === undefined ? undefined : await cardByNumber(db.sql, villageId, card);
    if (household === null) return { refused: 'unknown_card', number: card ?? '' };
    const act = openProblem({ origin: 'manual', what, pseudonym: household?.pseudonym, photos });
    return { occurredOn: today, acts: [act], isCorrection: true };
  });
}
