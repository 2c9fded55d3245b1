import type { Reader } from '../platform/database/db.ts';
import { findPosted, post, type WriteOperation } from './post.ts';
import type { PostedOperation, Posting } from './posting.ts';

/** What a command knows before it decides. */
export type Request = Pick<Posting, 'villageId' | 'kind' | 'idempotencyKey' | 'request' | 'recordedBy'>;

/** What a decision adds to it, and the call that writes it where that is more than acts. */
export type Decided = Omit<Posting, keyof Request> & { write?: WriteOperation };

/** What may be answered beside the decision's own refusals. */
export type CarryOutRefusal = { refused: 'key_reused' } | { refused: 'busy' };

/** After so many rounds the village is simply too busy, and the person is asked to press again. */
const MOST_ROUNDS = 10;

/**
 * Decides and posts. What the database refuses under its locks has changed since the decision was made, so everything is read
 * and decided again, and the decision names the reason. A refusal counts only if the key is new: a repeat of a request answers
 * as the first time, although points or goods are gone by now.
 */
export async function carryOut<Refusal extends { refused: string }>(
  { sql }: { sql: Reader },
  request: Request,
  decide: () => Promise<Refusal | Decided>,
): Promise<PostedOperation | Refusal | CarryOutRefusal> {
  for (let round = 1; round <= MOST_ROUNDS; round += 1) {
    const decided = await decide();
    const outcome = 'refused' in decided ? await findPosted(sql, request) : await postDecided(sql, request, decided);
    if (outcome === null) return decided as Refusal;
    if (!('refused' in outcome)) return outcome;
    if (outcome.refused === 'key_reused') return { refused: 'key_reused' };
  }
  return { refused: 'busy' };
}

function postDecided(sql: Reader, request: Request, { write, ...decided }: Decided) {
  return post(sql, { ...request, ...decided }, write);
}
