import type { Reader, Tx } from '../platform/database/db.ts';
import { isSwitchedOn } from '../settings/index.ts';

export interface QueuePlace {
  villageId: number;
  day: string;
}

/** 开始发号: from now on numbers are given; a day that was closed goes on. Whose earlier days' numbers were is forgotten. */
export async function openQueue(
  tx: Tx,
  { villageId, day, personId }: QueuePlace & { personId: number },
): Promise<{ refused: 'queue_switched_off' } | { isOpen: true }> {
  const rows = await tx`
    insert into queue_day (village_id, day, opened_by)
    select ${villageId}, ${day}, ${personId}
     where ${isSwitchedOn(tx, villageId, 'queueNumbers')}
    on conflict (village_id, day) do update
       set closed_at = null
    returning day`;
  if (rows.length === 0) return { refused: 'queue_switched_off' };
  await tx`
    update queue_number
       set household_id = null
     where village_id = ${villageId}
       and day < ${day}
       and household_id is not null`;
  return { isOpen: true };
}

/** 不再发号: who waits is still called. */
export async function closeQueue(sql: Reader, { villageId, day }: QueuePlace): Promise<void> {
  await sql`
    update queue_day
       set closed_at = now()
     where village_id = ${villageId}
       and day = ${day}
       and closed_at is null`;
}

/** Whoever holds the day changes its queue alone, so nobody is called twice and no number given twice. Null: it was never opened. */
export async function holdQueue(tx: Tx, { villageId, day }: QueuePlace): Promise<{ isClosed: boolean } | null> {
  const [held] = await tx<{ isClosed: boolean }[]>`
    select closed_at is not null as "isClosed"
      from queue_day
     where village_id = ${villageId}
       and day = ${day}
       for update`;
  return held ?? null;
}
