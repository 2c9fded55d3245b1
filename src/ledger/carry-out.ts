import type { Db } from '../platform/database/db.ts';
import { findPosted, post } from './post.ts';
import type { PostedOperation, Posting, PostingRefusal } from './posting.ts';

/** What a command knows before it decides. */
export type Request = Pick<Posting, 'villageId' | 'kind' | 'idempotencyKey' | 'request' | 'recordedBy'>;

/** What a decision adds to it. */
export type Decided = Omit<Posting, keyof Request>;

/** Goods or points may change between decision and posting; after so many rounds the village is simply too busy. */
const MOST_ROUNDS = 8;

/**
 * Decides and posts; when something moved in between (`stale`, or a lot ran out), reads and decides again. A refusal counts
 * only if the key is new: a repeat of a request answers as the first time, although points or goods are gone by now.
 */
export async function carryOut<Refusal extends { refused: string }>(
  { sql }: Db,
  request: Request,
  decide: () => Promise<Refusal | Decided>,
): Promise<PostedOperation | Refusal | PostingRefusal> {
  for (let round = 1; ; round += 1) {
    const decided = await decide();
    if ('refused' in decided) return (await findPosted(sql, request)) ?? decided;
    const posted = await post(sql, { ...request, ...decided });
    const isWorthAnotherLook = 'refused' in posted && (posted.refused === 'stale' || posted.refused === 'out_of_stock');
    if (!isWorthAnotherLook || round === MOST_ROUNDS) return posted;
  }
}
