import type { Tx } from '../platform/database/db.ts';

/** Nobody stays signed in: in an older copy of the database, sign-ins live on that were ended since. */
export async function endAllSessions(tx: Tx): Promise<void> {
  await tx`
    update session
       set ended_at = now()
     where ended_at is null`;
}
