import type { Reader } from '../platform/database/db.ts';
import { type PostingAnswer, postingParameter, readPostingAnswer } from './post.ts';
import type { PostedOperation } from './posting.ts';
import { type FoundingTerms, USUAL_TERMS } from './terms.ts';

export interface OpenLedgerInput {
  villageId: number;
  terms: FoundingTerms;
  recordedBy: number;
  occurredOn: string;
}

/** Starts a village's points, stock and public log; the founding act is number 0. */
export async function openLedger(sql: Reader, input: OpenLedgerInput): Promise<PostedOperation> {
  const { villageId, recordedBy, occurredOn } = input;
  const terms = { ...USUAL_TERMS, ...input.terms };
  const { earnedMonths, openingMonths } = terms;
  const operation = postingParameter({
    villageId,
    kind: 'founding',
    idempotencyKey: 'founding',
    request: { ...terms },
    recordedBy,
    occurredOn,
    acts: [
      {
        type: 'village.open',
        facts: {
          opening: terms.openingCentipoints,
          rate: terms.fenPerPoint,
          ...(earnedMonths !== null && { earnedMonths }),
          ...(openingMonths !== null && { openingMonths }),
        },
      },
    ],
  });
  const [row] = await sql<{ answer: PostingAnswer }[]>`
    select open_ledger(${villageId}, ${sql.json({ ...terms })}, ${operation}::text::jsonb) as answer`;
  const posted = readPostingAnswer(row?.answer);
  if ('refused' in posted) throw new Error(`a new ledger refused its founding act: ${posted.refused}`);
  return posted;
}
