import type { Reader } from '../platform/database/db.ts';
import { villageSettings } from '../settings/index.ts';

/**
 * Accounts of households whose last visit was passed, by the acts that say so; null where the village opens cards without one. The visits
 * themselves are recorded by a folder that stands further right.
 */
export async function inspectedAccounts(sql: Reader, villageId: number): Promise<Set<string> | null> {
  const { openingNeedsInspection } = await villageSettings(sql, villageId);
  if (!openingNeedsInspection) return null;
  const rows = await sql<{ account: string; passed: boolean }[]>`
    select distinct on (facts ->> 'acct')
           facts ->> 'acct' as account,
           (facts ->> 'passed')::boolean as passed
      from act
     where village_id = ${villageId}
       and type = 'inspection.result'
     order by facts ->> 'acct', seq desc`;
  return new Set(rows.filter(({ passed }) => passed).map(({ account }) => account));
}
