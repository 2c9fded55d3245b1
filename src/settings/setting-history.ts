import type { Reader } from '../platform/database/db.ts';
import { isPossible, SETTING_NAMES, type SettingName } from './registry.ts';
import type { Decision } from './village-settings.ts';

/** Every decision there ever was, the newest first; what another version of the program knew or allowed is left to it. */
export async function settingHistory(sql: Reader, villageId: number): Promise<(Decision & { name: SettingName })[]> {
  const rows = await sql<(Decision & { name: string })[]>`
    select decided.name,
           decided.value,
           act.seq,
           act.occurred_on as "decidedOn"
      from act,
           jsonb_each(act.facts -> 'values') as decided(name, value)
     where act.village_id = ${villageId}
       and act.type = 'settings.change'
     order by act.seq desc, decided.name`;
  return rows.flatMap(({ name, ...decision }) => {
    const known = SETTING_NAMES.find((one) => one === name);
    return known && isPossible(known, decision.value) ? [{ name: known, ...decision }] : [];
  });
}
