import type { Tx } from '../platform/database/db.ts';
import { decideNumber, NUMBER_STATES, type NumberEvent, type NumberState } from './decide-number.ts';
import { holdQueue, type QueuePlace } from './queue-day.ts';
import { endCallOnTill, showOnTill } from './till.ts';

/** The counter that calls is a sign-in, as a till is. */
export interface CallPlace extends QueuePlace {
  sessionId: string;
}

export interface CallRefusal {
  refused: 'queue_not_open' | 'unknown_number' | 'number_moved_on' | 'has_another_number';
  number?: number;
  other?: number;
}

export interface Called {
  /** Null where nobody waits. */
  number: number | null;
  /** What came of the one who was called here before. */
  before: { number: number; state: NumberState } | null;
}

/** From where a number can be given up. */
const STATES_LEFT = NUMBER_STATES.filter((state) => decideNumber(state, 'leave') !== null);

/**
 * 叫下一位: whoever has waited longest, each called once however many counters call at the same time. `after` is the number that stood
 * on the form: a press that was sent twice is answered with whom the first called.
 */
export async function callNext(
  tx: Tx,
  { after, hasCome, ...place }: CallPlace & { after: number | null; hasCome: boolean },
): Promise<Called | CallRefusal> {
  if (!(await holdQueue(tx, place))) return { refused: 'queue_not_open' };
  const current = await calledAt(tx, place);
  if (current !== null && current !== after) {
    await showCall(tx, place, current);
    return { number: current, before: null };
  }
  const before = await endCall(tx, place, current, hasCome ? 'finish' : 'miss');
  const { villageId, day, sessionId } = place;
  const [next] = await tx<{ number: number }[]>`
    update queue_number
       set state = 'called',
           session_id = ${sessionId},
           called_at = clock_timestamp(),
           call_count = call_count + 1
     where village_id = ${villageId}
       and day = ${day}
       and number = (
         select number
           from queue_number
          where village_id = ${villageId}
            and day = ${day}
            and state = 'waiting'
          order by place
          limit 1
       )
    returning number`;
  if (next) await showCall(tx, place, next.number);
  return { number: next?.number ?? null, before };
}

/** Something happens to one number: called out of its turn or again, missed, put back, given up. */
export async function moveNumber(
  tx: Tx,
  { number, event, ...place }: CallPlace & { number: number; event: NumberEvent },
): Promise<Called | CallRefusal> {
  if (!(await holdQueue(tx, place))) return { refused: 'queue_not_open' };
  const { villageId, day, sessionId } = place;
  const [found] = await tx<{ state: NumberState; other: number | null }[]>`
    select state,
           (
             select other.number
               from queue_number as other
              where other.village_id = mine.village_id
                and other.day = mine.day
                and other.household_id = mine.household_id
                and other.number <> mine.number
                and other.state in ('waiting', 'called', 'missed')
           ) as other
      from queue_number as mine
     where village_id = ${villageId}
       and day = ${day}
       and number = ${number}`;
  if (!found) return { refused: 'unknown_number', number };
  const state = decideNumber(found.state, event);
  if (state === null) return { refused: 'number_moved_on', number };
  if (event === 'return' && found.other !== null) return { refused: 'has_another_number', number, other: found.other };
  const before = event === 'call' ? await endCall(tx, place, await calledAt(tx, place), 'finish') : null;
  const isCall = event === 'call' || event === 'again';
  await tx`
    with back as (
      update queue_day
         set last_place = last_place + 1
       where village_id = ${villageId}
         and day = ${day}
         and ${event === 'return'}
      returning last_place
    )
    update queue_number
       set state = ${state},
           place = coalesce((select last_place from back), place),
           session_id = case when ${event === 'call'} then ${sessionId} else coalesce(session_id, ${sessionId}) end,
           called_at = case when ${isCall} then clock_timestamp() else called_at end,
           call_count = call_count + ${isCall ? 1 : 0}
     where village_id = ${villageId}
       and day = ${day}
       and number = ${number}`;
  if (isCall) await showCall(tx, place, number);
  else await endCallOnTill(tx, { sessionId, number });
  return { number, before };
}

/** 不等了: the household gives back its own number, and no other. */
export async function leaveQueue(
  tx: Tx,
  { number, householdId, ...place }: QueuePlace & { number: number; householdId: number },
): Promise<{ number: number } | CallRefusal> {
  if (!(await holdQueue(tx, place))) return { refused: 'queue_not_open' };
  const { villageId, day } = place;
  const [left] = await tx<{ number: number }[]>`
    update queue_number
       set state = 'left'
     where village_id = ${villageId}
       and day = ${day}
       and number = ${number}
       and household_id = ${householdId}
       and state = any(${STATES_LEFT}::text[])
    returning number`;
  return left ?? { refused: 'number_moved_on', number };
}

/** In the same transaction, so the display never asks for another than was called. */
async function showCall(tx: Tx, { sessionId, villageId }: CallPlace, number: number): Promise<void> {
  await showOnTill(tx, { sessionId, villageId, shown: { kind: 'called', number } });
}

/** Whom this counter called last and has not done with. */
async function calledAt(tx: Tx, { villageId, day, sessionId }: CallPlace): Promise<number | null> {
  const [called] = await tx<{ number: number }[]>`
    select number
      from queue_number
     where village_id = ${villageId}
       and day = ${day}
       and session_id = ${sessionId}
       and state = 'called'
     order by called_at desc
     limit 1`;
  return called?.number ?? null;
}

async function endCall(
  tx: Tx,
  { villageId, day, sessionId }: CallPlace,
  number: number | null,
  event: 'finish' | 'miss',
): Promise<Called['before']> {
  const state = decideNumber('called', event);
  if (number === null || state === null) return null;
  await tx`
    update queue_number
       set state = ${state}
     where village_id = ${villageId}
       and day = ${day}
       and number = ${number}`;
  await endCallOnTill(tx, { sessionId, number });
  return { number, state };
}
