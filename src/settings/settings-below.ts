import type { Reader } from '../platform/database/db.ts';
import { isPossible, SETTING_NAMES, type SettingValue, settingsOf, type VillageSettings } from './registry.ts';

/** How each village of a township or county works, by its id; or the one village itself. One query, however many there are. */
export async function settingsBelow(sql: Reader, regionId: number): Promise<Map<number, VillageSettings>> {
  const rows = await sql<{ villageId: number; decided: Record<string, SettingValue> }[]>`
    select village.region_id as "villageId",
           coalesce((
             select jsonb_object_agg(newest.name, newest.value)
               from (
                 select distinct on (decided.name)
                        decided.name,
                        decided.value
                   from act,
                        jsonb_each(act.facts -> 'values') as decided(name, value)
                  where act.village_id = village.region_id
                    and act.type = 'settings.change'
                  order by decided.name, act.seq desc
               ) as newest
           ), '{}') as decided
      from region as village
      left join region as township
        on township.region_id = village.parent_id
     where village.level = 'village'
       and ${regionId} in (village.region_id, village.parent_id, township.parent_id)`;
  return new Map(
    rows.map(({ villageId, decided }) => {
      const known = SETTING_NAMES.flatMap((name) => {
        const value = decided[name];
        return value !== undefined && isPossible(name, value) ? [[name, value]] : [];
      });
      return [villageId, { ...settingsOf('undecided'), ...(Object.fromEntries(known) as Partial<VillageSettings>) }];
    }),
  );
}
