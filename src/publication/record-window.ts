import { type NameLevel, showName } from '../cards/index.ts';
import { monthBounds } from '../platform/clock.ts';
import type { Reader } from '../platform/database/db.ts';
import type { RecordHousehold } from './record-schema.ts';

/**
 * What a record looks at: one month by the day on which things happened, and the first `size` acts of the log. Acts are never
 * changed, so every query of one window sees the same acts, whatever is recorded in the meantime.
 */
export interface RecordWindow {
  villageId: number;
  firstDay: string;
  lastDay: string;
  size: number;
  /** How much of a name the village shows. */
  nameLevel: NameLevel;
}

export function recordWindow(villageId: number, month: string, size: number, nameLevel: NameLevel): RecordWindow {
  return { villageId, ...monthBounds(month), size, nameLevel };
}

/** How many acts the village's log holds. */
export async function logSize(sql: Reader, villageId: number): Promise<number> {
  const [head] = await sql<{ size: number }[]>`
    select size
      from log_head
     where village_id = ${villageId}`;
  if (!head) throw new Error(`village ${villageId} has no ledger`);
  return head.size;
}

/** The month's acts that still count: neither reversals nor reversed. As a reversal has the day of its act, the sums are net. */
export function standingActs(sql: Reader, { villageId, firstDay, lastDay, size }: RecordWindow) {
  return sql`
    select act.village_id, act.seq, act.type, act.occurred_on, act.facts
      from act
     where act.village_id = ${villageId}
       and act.seq < ${size}
       and act.occurred_on between ${firstDay} and ${lastDay}
       and act.reverses_seq is null
       and act.type <> 'points.hold'
       and not exists (
         select
           from act as reversal
          where reversal.village_id = act.village_id
            and reversal.reverses_seq = act.seq
            and reversal.seq < ${size}
       )`;
}

/** Who stands behind an entry. The first card's number stays when a card is replaced, so a frozen line keeps its household. */
export function householdJson(sql: Reader) {
  return sql`jsonb_build_object(
    'name', household.head_name,
    'group', villager_group.name,
    'number', (
      select right(min(card.number), 4)
        from card
       where card.village_id = household.village_id
         and card.household_id = household.household_id
    )
  )`;
}

export function householdTables(sql: Reader) {
  return sql`
    join account
      on account.village_id = entry.village_id
     and account.account_id = entry.account_id
    join household
      on household.village_id = account.village_id
     and household.household_id = account.holder_id
    join villager_group
      on villager_group.village_id = household.village_id
     and villager_group.group_id = household.group_id`;
}

/** The goods of an act's public facts with their names, as a JSON array; `more` adds to each. */
export function goodsOfFacts(sql: Reader, more: ReturnType<typeof householdJson>) {
  return sql`
    select coalesce(jsonb_agg(
             jsonb_build_object(
               'code', goods.code,
               'name', goods.name,
               'spec', goods.spec,
               'unit', goods.unit,
               'quantity', (line.fact ->> 'quantity')::integer
             ) || ${more}
             order by line.position
           ), '[]')
      from jsonb_array_elements(standing.facts -> 'goods') with ordinality as line(fact, position)
      join goods
        on goods.village_id = standing.village_id
       and goods.code = line.fact ->> 'code'`;
}

/** No more of a name than the village shows leaves the database's answer for a record. */
export function maskHousehold<Line extends { household: RecordHousehold | null }>(
  line: Line,
  { nameLevel }: Pick<RecordWindow, 'nameLevel'>,
): Line {
  const { household } = line;
  if (!household) return line;
  return { ...line, household: { ...household, name: showName(household.name, nameLevel, household.number) } };
}
