/**
 * How much of a name a village shows to everybody. What the village decided is the newest act that says so, and nothing else keeps
 * it; the county says how much is allowed at most, and whatever was decided before, no page shows more than that.
 */
import type { Reader } from '../platform/database/db.ts';
import { DEFAULT_NAME_LEVEL, type NameLevel } from './mask-name.ts';

export interface NameSetting {
  /** What every public page and the next published record show. */
  level: NameLevel;
  /** What the village decided. */
  chosen: NameLevel;
  /** What the county allows. */
  most: NameLevel;
}

/** The level of a village as an expression: once a query, however many names it shows. */
export function nameLevelOf(sql: Reader, villageId: number) {
  return sql`least(${chosenLevel(sql, villageId)}, ${allowedLevel(sql, villageId)})`;
}

export async function nameSetting(sql: Reader, villageId: number): Promise<NameSetting> {
  const [found] = await sql<NameSetting[]>`
    select ${nameLevelOf(sql, villageId)} as level,
           ${chosenLevel(sql, villageId)} as chosen,
           ${allowedLevel(sql, villageId)} as most`;
  if (!found) throw new Error('a query without a source of rows gave none');
  return found;
}

/** What a county allows its villages. */
export async function nameLimit(sql: Reader, countyId: number): Promise<NameLevel> {
  const [found] = await sql<{ most: NameLevel }[]>`
    select most_shown as most
      from name_limit
     where region_id = ${countyId}`;
  return found?.most ?? DEFAULT_NAME_LEVEL;
}

function chosenLevel(sql: Reader, villageId: number) {
  return sql`coalesce((
    select (facts ->> 'level')::integer
      from act
     where village_id = ${villageId}
       and type = 'names.change'
     order by seq desc
     limit 1
  ), ${DEFAULT_NAME_LEVEL})`;
}

function allowedLevel(sql: Reader, villageId: number) {
  return sql`coalesce((
    select name_limit.most_shown
      from region as village
      join region as township
        on township.region_id = village.parent_id
      join name_limit
        on name_limit.region_id = township.parent_id
     where village.region_id = ${villageId}
  ), ${DEFAULT_NAME_LEVEL})`;
}
