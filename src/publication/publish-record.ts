import { createHash } from 'node:crypto';
import { canonicalJson } from '../auditlog/index.ts';
import {
  type CarryOutRefusal,
  carryOut,
  type PostedOperation,
  type PostingAnswer,
  type WriteOperation,
} from '../ledger/index.ts';
import type { Village } from '../people/index.ts';
import { monthBounds } from '../platform/clock.ts';
import type { Db } from '../platform/database/db.ts';
import { decidePublication, type PublicationRefusal } from './decide-publication.ts';
import { draftRecord, type RecordDraft } from './draft-record.ts';
import { CONTENT_FORM, type RecordContent, recordContent } from './record-schema.ts';

export interface PublicationInput {
  village: Pick<Village, 'villageId' | 'code' | 'name'>;
  idempotencyKey: string;
  recordedBy: number;
  month: string;
  today: string;
}

/**
 * 发布公示: freezes a month's record as a numbered version and closes the month for new acts. The figures are read at a known
 * size of the log, and the act is refused when the log has grown since: so a version holds exactly the acts before it.
 */
export async function publishRecord(
  db: Db,
  { village, idempotencyKey, recordedBy, month, today }: PublicationInput,
): Promise<PostedOperation | PublicationRefusal | CarryOutRefusal> {
  const { villageId } = village;
  const request = { villageId, kind: 'publication', idempotencyKey, request: { month }, recordedBy } as const;
  return carryOut<PublicationRefusal>(db, request, async () => {
    const draft = await draftRecord(db.sql, villageId, month);
    const { foundedOn, latestVersion, changes, checks, size } = draft;
    const decided = decidePublication(month, {
      today,
      foundedOn,
      latestVersion,
      changeCount: changes.length,
      checks,
    });
    if ('refused' in decided) return decided;
    const { version } = decided;
    const content = contentOf(draft, { village, month, version, today });
    const contentHash = hashContent(content);
    return {
      occurredOn: today,
      acts: [{ type: 'publication', facts: { month, version, contentHash } }],
      // The day of publishing may itself lie in a month that is published already.
      isCorrection: true,
      closesMonth: month,
      expectedSize: size,
      write: writePublication({ month, version, throughSeq: size - 1, content, contentHash }),
    };
  });
}

/** SHA-256 of the canonical JSON, hexadecimal: what the board and the act in the public record show. */
export function hashContent(content: RecordContent): string {
  return createHash('sha256').update(canonicalJson(content)).digest('hex');
}

function contentOf(
  { record, ownGoods, checks, changes, size }: RecordDraft,
  { village, month, version, today }: Pick<PublicationInput, 'village' | 'month' | 'today'> & { version: number },
): RecordContent {
  return recordContent.parse({
    form: CONTENT_FORM,
    village: { code: village.code, name: village.name },
    month,
    version,
    throughSeq: size - 1,
    isWholeMonth: monthBounds(month).lastDay < today,
    record,
    ...(ownGoods.length > 0 && { ownGoods }),
    checks,
    changes,
  });
}

/** See publish_record.sql: act and version stand together or not at all. */
function writePublication(publication: {
  month: string;
  version: number;
  throughSeq: number;
  content: RecordContent;
  contentHash: string;
}): WriteOperation {
  const parameter = JSON.stringify(publication);
  return (sql, villageId, operation) => sql<{ answer: PostingAnswer }[]>`
    select publish_record(${villageId}, ${operation}::text::jsonb, ${parameter}::text::jsonb) as answer`;
}
