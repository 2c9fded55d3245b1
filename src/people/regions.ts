import type { Reader } from '../platform/database/db.ts';
import type { RegionPath } from './permissions.ts';

export type RegionLevel = 'county' | 'township' | 'village';

export interface Region extends RegionPath {
  regionId: number;
  /** Twelve digits. */
  code: string;
  level: RegionLevel;
  name: string;
  /** Its code was made up for the demonstration. */
  isMadeUp: boolean;
}

/** A village with the offices above it. */
export interface Village extends Region {
  villageId: number;
  township: { code: string; name: string };
  county: { code: string; name: string };
}

/** Any region by its code. */
export async function findRegion(sql: Reader, code: string): Promise<Region | null> {
  const [found] = await sql<Region[]>`
    select region.region_id as "regionId",
           region.code,
           region.level,
           region.name,
           region.is_made_up as "isMadeUp",
           array_remove(array[region.region_id, parent.region_id, parent.parent_id], null) as "regionIds"
      from region
      left join region as parent
        on parent.region_id = region.parent_id
     where region.code = ${code}`;
  return found ?? null;
}

const villageColumns = (sql: Reader) => sql`
  village.region_id as "regionId",
  village.region_id as "villageId",
  village.code,
  village.level,
  village.name,
  village.is_made_up as "isMadeUp",
  array[village.region_id, township.region_id, county.region_id] as "regionIds",
  jsonb_build_object('code', township.code, 'name', township.name) as township,
  jsonb_build_object('code', county.code, 'name', county.name) as county`;

const villageTables = (sql: Reader) => sql`
  region as village
  join region as township
    on township.region_id = village.parent_id
  join region as county
    on county.region_id = township.parent_id`;

export async function findVillage(sql: Reader, code: string): Promise<Village | null> {
  const [found] = await sql<Village[]>`
    select ${villageColumns(sql)}
      from ${villageTables(sql)}
     where village.level = 'village'
       and village.code = ${code}`;
  return found ?? null;
}

export async function villageById(sql: Reader, villageId: number): Promise<Village | null> {
  const [found] = await sql<Village[]>`
    select ${villageColumns(sql)}
      from ${villageTables(sql)}
     where village.level = 'village'
       and village.region_id = ${villageId}`;
  return found ?? null;
}

/** All villages, or those below a region, in the order of their codes. */
export async function villages(sql: Reader, below?: { regionId: number }): Promise<Village[]> {
  const regionId = below?.regionId ?? null;
  return sql<Village[]>`
    select ${villageColumns(sql)}
      from ${villageTables(sql)}
     where village.level = 'village'
       and (${regionId}::integer is null or ${regionId} in (village.region_id, township.region_id, county.region_id))
     order by village.code`;
}

/** The townships of a county, or the villages of a township. */
export async function regionsBelow(sql: Reader, regionId: number): Promise<Region[]> {
  return sql<Region[]>`
    select region_id as "regionId",
           code,
           level,
           name,
           is_made_up as "isMadeUp",
           array[region_id, parent_id] as "regionIds"
      from region
     where parent_id = ${regionId}
     order by code`;
}

export interface RegionDraft {
  code: string;
  level: RegionLevel;
  name: string;
  parentId: number | null;
  isMadeUp?: boolean;
}

/** Adds a region; null when the code is taken. */
export async function addRegion(sql: Reader, draft: RegionDraft): Promise<{ regionId: number } | null> {
  const [added] = await sql<{ regionId: number }[]>`
    insert into region (code, level, name, parent_id, is_made_up)
    values (${draft.code}, ${draft.level}, ${draft.name}, ${draft.parentId}, ${draft.isMadeUp ?? false})
        on conflict (code) do nothing
    returning region_id as "regionId"`;
  return added ?? null;
}
