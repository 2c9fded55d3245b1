import type { Reader } from '../platform/database/db.ts';
import { isPossible, SETTING_NAMES, type SettingName } from './registry.ts';
import { type Decision, everyDecision } from './village-settings.ts';

/** Every decision there ever was, the newest first; what another version of the program knew or allowed is left to it. */
export async function settingHistory(sql: Reader, villageId: number): Promise<(Decision & { name: SettingName })[]> {
  const rows = await sql<(Decision & { name: string })[]>`
    ${everyDecision(sql, villageId)}
     order by seq desc, name`;
  return rows.flatMap(({ name, ...decision }) => {
    const known = SETTING_NAMES.find((one) => one === name);
    return known && isPossible(known, decision.value) ? [{ name: known, ...decision }] : [];
  });
}
