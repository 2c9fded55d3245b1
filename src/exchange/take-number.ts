import type { Tx } from '../platform/database/db.ts';
import { holdQueue, type QueuePlace } from './queue-day.ts';

export interface TakeInput extends QueuePlace {
  /** Null: whoever stands there. */
  householdId: number | null;
  /** Drawn with the form; a household needs none, for it has one number at a time. */
  idempotencyKey: string;
}

export interface TakeRefusal {
  refused: 'queue_not_open' | 'queue_closed' | 'queue_full';
}

const MOST = 999;

/** 取号: the next number of the day. Who has one already is told it again, also when no more are given. */
export async function takeNumber(
  tx: Tx,
  { householdId, idempotencyKey, ...place }: TakeInput,
): Promise<{ number: number; isNew: boolean } | TakeRefusal> {
  const { villageId, day } = place;
  // A form that is gone back to and filled in anew is another one.
  const key = `${idempotencyKey} ${householdId ?? ''}`;
  const queue = await holdQueue(tx, place);
  if (!queue) return { refused: 'queue_not_open' };
  const [known] = await tx<{ number: number }[]>`
    select number
      from queue_number
     where village_id = ${villageId}
       and day = ${day}
       and (
         taken_key = ${key}
         or (household_id = ${householdId} and state in ('waiting', 'called', 'missed'))
       )
     order by taken_key = ${key} desc
     limit 1`;
  if (known) return { ...known, isNew: false };
  if (queue.isClosed) return { refused: 'queue_closed' };
  const [taken] = await tx<{ number: number }[]>`
    with counted as (
      update queue_day
         set last_number = last_number + 1,
             last_place = last_place + 1
       where village_id = ${villageId}
         and day = ${day}
         and last_number < ${MOST}
      returning last_number, last_place
    )
    insert into queue_number (village_id, day, number, place, household_id, taken_key)
    select ${villageId}, ${day}, last_number, last_place, ${householdId}, ${key}
      from counted
    returning number`;
  return taken ? { ...taken, isNew: true } : { refused: 'queue_full' };
}
