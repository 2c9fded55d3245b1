import type { Reader } from '../platform/database/db.ts';

/** True of the row `act` once a later act has taken it back. */
export const isReversed = (sql: Reader) => sql`exists (
  select
    from act as reversal
   where reversal.village_id = act.village_id
     and reversal.reverses_seq = act.seq
)`;
