import { groupAndCard } from '../cards/index.ts';
import type { Reader } from '../platform/database/db.ts';
import { isSwitchedOn } from '../settings/index.ts';
import type { NumberState } from './decide-number.ts';
import type { QueuePlace } from './queue-day.ts';

export interface QueueNumber {
  number: number;
  state: NumberState;
  takenAt: Date;
  calledAt: Date | null;
  callCount: number;
  /** Null where it was given to whoever stood there, or forgotten since. */
  household: { headName: string; groupName: string; cardNumber: string } | null;
}

export interface Queue {
  isClosed: boolean;
  lastNumber: number;
  /** In the order in which they are called. */
  numbers: QueueNumber[];
}

const numbersOf = (sql: Reader, { villageId, day }: QueuePlace) => sql`
  select queue_number.number,
         queue_number.state,
         queue_number.taken_at as "takenAt",
         queue_number.called_at as "calledAt",
         queue_number.call_count as "callCount",
         case when household.household_id is not null then
           jsonb_build_object(
             'headName', household.head_name,
             'groupName', villager_group.name,
             'cardNumber', card.number
           )
         end as household
    from queue_number
    left join (household ${groupAndCard(sql)})
      on household.village_id = queue_number.village_id
     and household.household_id = queue_number.household_id
   where queue_number.village_id = ${villageId}
     and queue_number.day = ${day}`;

/** Null: no numbers are given on this day. */
export async function queueOn(sql: Reader, place: QueuePlace): Promise<Queue | null> {
  const [[opened], numbers] = await Promise.all([
    sql<{ isClosed: boolean; lastNumber: number }[]>`
      select closed_at is not null as "isClosed",
             last_number as "lastNumber"
        from queue_day
       where village_id = ${place.villageId}
         and day = ${place.day}`,
    sql<QueueNumber[]>`
      ${numbersOf(sql, place)}
       order by queue_number.place`,
  ]);
  return opened ? { ...opened, numbers } : null;
}

/** What the counter shows of it. */
export interface CounterQueue {
  /** The village gives numbers; without, nobody sees anything of it. */
  isOn: boolean;
  isOpened: boolean;
  waiting: number;
  /** Whom this counter called. */
  current: QueueNumber | null;
}

/** One query for a counter without a queue. */
export async function counterQueue(
  sql: Reader,
  { sessionId, ...place }: QueuePlace & { sessionId: string },
): Promise<CounterQueue> {
  const { villageId, day } = place;
  const [found] = await sql<Omit<CounterQueue, 'current'>[]>`
    select ${isSwitchedOn(sql, villageId, 'queueNumbers')} as "isOn",
           exists (
             select
               from queue_day
              where village_id = ${villageId}
                and day = ${day}
           ) as "isOpened",
           (
             select count(*)::integer
               from queue_number
              where village_id = ${villageId}
                and day = ${day}
                and state = 'waiting'
           ) as waiting`;
  const none = { isOn: false, isOpened: false, waiting: 0 };
  if (!found?.isOpened) return { ...none, ...found, current: null };
  const [current = null] = await sql<QueueNumber[]>`
    ${numbersOf(sql, place)}
       and queue_number.session_id = ${sessionId}
       and queue_number.state = 'called'
     order by queue_number.called_at desc
     limit 1`;
  return { ...found, current };
}

/** What anybody may know: numbers, and nobody's name. */
export interface PublicQueue {
  isOpen: boolean;
  lastNumber: number;
  waiting: number;
  called: number[];
}

export async function publicQueue(sql: Reader, { villageId, day }: QueuePlace): Promise<PublicQueue> {
  const [found] = await sql<PublicQueue[]>`
    select closed_at is null as "isOpen",
           last_number as "lastNumber",
           (
             select count(*)::integer
               from queue_number
              where queue_number.village_id = queue_day.village_id
                and queue_number.day = queue_day.day
                and state = 'waiting'
           ) as waiting,
           array(
             select number
               from queue_number
              where queue_number.village_id = queue_day.village_id
                and queue_number.day = queue_day.day
                and state = 'called'
              order by called_at
           ) as called
      from queue_day
     where village_id = ${villageId}
       and day = ${day}`;
  return found ?? { isOpen: false, lastNumber: 0, waiting: 0, called: [] };
}

export interface OwnNumber {
  number: number;
  state: NumberState;
  /** Households that are called before. */
  ahead: number;
}

/** The newest number of a household on this day. */
export async function ownNumber(
  sql: Reader,
  { villageId, day, householdId }: QueuePlace & { householdId: number },
): Promise<OwnNumber | null> {
  const [found] = await sql<OwnNumber[]>`
    select number,
           state,
           (
             select count(*)::integer
               from queue_number as other
              where other.village_id = mine.village_id
                and other.day = mine.day
                and other.state = 'waiting'
                and other.place < mine.place
           ) as ahead
      from queue_number as mine
     where village_id = ${villageId}
       and day = ${day}
       and household_id = ${householdId}
     order by number desc
     limit 1`;
  return found ?? null;
}

export interface CountedNumbers {
  given: number;
  served: number;
  missed: number;
  left: number;
  /** Still waiting or called. */
  open: number;
}

/** What became of the numbers of a day; null where none were given. */
export async function countNumbers(sql: Reader, { villageId, day }: QueuePlace): Promise<CountedNumbers | null> {
  const [counted] = await sql<CountedNumbers[]>`
    select count(*)::integer as given,
           count(*) filter (where state = 'served')::integer as served,
           count(*) filter (where state = 'missed')::integer as missed,
           count(*) filter (where state = 'left')::integer as left,
           count(*) filter (where state in ('waiting', 'called'))::integer as open
      from queue_number
     where village_id = ${villageId}
       and day = ${day}`;
  return counted && counted.given > 0 ? counted : null;
}
