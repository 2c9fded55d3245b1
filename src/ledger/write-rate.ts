import type { PostingAnswer, WriteOperation } from './post.ts';

/** The write of a new rate, which takes the village's terms along: see change_rate.sql. */
export const writeRate: WriteOperation = (sql, villageId, operation) => sql<{ answer: PostingAnswer }[]>`
  select change_rate(${villageId}, ${operation}::text::jsonb) as answer`;
