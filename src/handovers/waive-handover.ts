import {
  type CarryOutRefusal,
  carryOut,
  type PostedOperation,
  type PostingAnswer,
  type WriteOperation,
} from '../ledger/index.ts';
import type { Db } from '../platform/database/db.ts';
import type { ShopRole } from './decide-handover.ts';
import { type ShopPost, shopPosts } from './shop-posts.ts';

export interface WaiverInput {
  villageId: number;
  role: ShopRole;
  /** Whose post changes hands. */
  fromPersonId: number;
  /** Why it cannot be handed over; only its salted digest stands in the public record. */
  reason: string;
  idempotencyKey: string;
  recordedBy: number;
  today: string;
}

/** 免办移交: the township lets one change of hands be without a count, on the record and with a reason. */
export async function waiveHandover(
  db: Db,
  { villageId, role, fromPersonId, reason, idempotencyKey, recordedBy, today }: WaiverInput,
): Promise<PostedOperation | { refused: 'handover_not_needed' } | CarryOutRefusal> {
  const content = { role, fromPersonId, reason };
  const request = { villageId, kind: 'handover', idempotencyKey, request: content, recordedBy } as const;
  return carryOut<{ refused: 'handover_not_needed' }>(db, request, async () => {
    const { posts, hasEverHadGoods, logSize } = await shopPosts(db.sql, { villageId, today });
    const post = posts.find((one) => one.role === role && one.personId === fromPersonId);
    if (!post || post.isSettled || !hasEverHadGoods) return { refused: 'handover_not_needed' };
    return {
      acts: [
        {
          type: 'handover.waive',
          facts: { role },
          disclosed: { reason, from: post.name, ...(post.successor && { to: post.successor.name }) },
        },
      ],
      occurredOn: today,
      isCorrection: true,
      // Two officers who waive the same at once: one act.
      expectedSize: logSize,
      write: waiving(post, reason),
    };
  });
}

/** See waive_handover.sql. */
function waiving({ role, personId, successor }: ShopPost, reason: string): WriteOperation {
  const waived = JSON.stringify({ role, from: personId, to: successor?.personId, reason });
  return (sql, villageId, operation) => sql<{ answer: PostingAnswer }[]>`
    select waive_handover(${villageId}, ${operation}::text::jsonb, ${waived}::text::jsonb) as answer`;
}
