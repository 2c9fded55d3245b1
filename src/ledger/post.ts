import type { Reader } from '../platform/database/db.ts';
import type { AccountStatus, ActType, PostedOperation, Posting, PostingRefusal } from './posting.ts';
import { prepareOperation, requestHash } from './prepare-operation.ts';

/**
 * The typed door to the one write path: one call, one transaction (see post_act.sql). A repeat of the same key and request
 * answers what was written the first time.
 */
export async function post(
  sql: Reader,
  posting: Posting,
  write: WriteOperation = writeActs,
): Promise<PostedOperation | PostingRefusal> {
  const operation = postingParameter(posting);
  return retryConflicts(async () => {
    const [row] = await write(sql, posting.villageId, operation);
    return readPostingAnswer(row?.answer);
  });
}

/** The call that writes: post_act itself, or a database function that posts as a part of what it does. */
export type WriteOperation = (
  sql: Reader,
  villageId: number,
  /** The text of the function's jsonb argument. */
  operation: string,
) => Promise<{ answer: PostingAnswer }[]>;

const writeActs: WriteOperation = (sql, villageId, operation) => sql<{ answer: PostingAnswer }[]>`
  select post_act(${villageId}, ${operation}::text::jsonb) as answer`;

/** What an earlier request with this key did: null when the key is new. */
export async function findPosted(
  sql: Reader,
  posting: Pick<Posting, 'villageId' | 'idempotencyKey' | 'kind' | 'request'>,
): Promise<PostedOperation | PostingRefusal | null> {
  const [row] = await sql<{ answer: PostingAnswer | null }[]>`
    select find_posted(${posting.villageId}, ${posting.idempotencyKey}, ${requestHash(posting)}) as answer`;
  return row?.answer ? readPostingAnswer(row.answer) : null;
}

/** For database functions that post as a part of what they do: the operation as the text of their jsonb argument. */
export function postingParameter(posting: Posting): string {
  return JSON.stringify(prepareOperation(posting));
}

/** What post_act and the functions around it answer. */
export type PostingAnswer =
  | {
      code: 'posted' | 'replayed';
      operationId: string;
      recordedAt: string;
      acts: {
        seq: number;
        id: string;
        type: ActType;
        account: number | null;
        amount: number | null;
        balanceAfter: number | null;
      }[];
    }
  | { code: 'key_reused' | 'stale' }
  | { code: 'wrong_status'; account: number; status: AccountStatus }
  | { code: 'already_reversed'; seq: number; bySeq: number }
  | { code: 'insufficient_points'; accounts: { account: number; missing: number }[] }
  | { code: 'out_of_stock'; lot: number; goods: number }
  | { code: 'month_published'; month: string };

export function readPostingAnswer(answer: PostingAnswer | undefined): PostedOperation | PostingRefusal {
  if (!answer) throw new Error('the posting function gave no answer');
  switch (answer.code) {
    case 'posted':
    case 'replayed':
      return {
        operationId: answer.operationId,
        recordedAt: answer.recordedAt,
        isReplay: answer.code === 'replayed',
        acts: answer.acts.map((act) => ({
          seq: act.seq,
          id: act.id,
          type: act.type,
          accountId: act.account,
          amountCentipoints: act.amount,
          balanceAfterCentipoints: act.balanceAfter,
        })),
      };
    case 'wrong_status':
      return { refused: 'wrong_status', accountId: answer.account, status: answer.status };
    case 'already_reversed':
      return { refused: 'already_reversed', seq: answer.seq, bySeq: answer.bySeq };
    case 'insufficient_points':
      return {
        refused: 'insufficient_points',
        accounts: answer.accounts.map(({ account, missing }) => ({ accountId: account, missingCentipoints: missing })),
      };
    case 'out_of_stock':
      return { refused: 'out_of_stock', lotId: answer.lot, goodsId: answer.goods };
    case 'month_published':
      return { refused: 'month_published', month: answer.month };
    case 'key_reused':
    case 'stale':
      return { refused: answer.code };
  }
}

/** Deadlock, serialization failure, lock not available: the call left nothing behind and may be made again with its key. */
const CONFLICT_STATES = new Set(['40P01', '40001', '55P03']);
const MOST_ATTEMPTS = 4;

async function retryConflicts<Answer>(attempt: () => Promise<Answer>): Promise<Answer> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await attempt();
    } catch (error) {
      const state = (error as { code?: unknown }).code;
      if (tries === MOST_ATTEMPTS || typeof state !== 'string' || !CONFLICT_STATES.has(state)) throw error;
    }
  }
}
