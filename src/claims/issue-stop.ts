import { type Solvency, type SolvencyTerms, solvencyBelow } from '../ledger/index.ts';
import type { Reader } from '../platform/database/db.ts';
import type { VillageSettings } from '../settings/index.ts';
import { liftedUntil } from './waived-duties.ts';

/** What new points are held against: see refuseIssue. */
export interface IssueStop {
  figures: Solvency;
  terms: SolvencyTerms;
}

/**
 * 红色先不发: null where the village has not decided it, or the township allows points all the same. Only a village that decided it pays
 * for the sums.
 */
export async function issueStop(
  sql: Reader,
  { villageId, today }: { villageId: number; today: string },
  settings: VillageSettings,
): Promise<IssueStop | null> {
  if (!settings.redStopsAwards) return null;
  const [lifted, funds] = await Promise.all([
    liftedUntil(sql, villageId, today),
    solvencyBelow(sql, { regionId: villageId, today, quarterOf: [villageId] }),
  ]);
  const figures = funds.get(villageId);
  return lifted !== null || !figures ? null : { figures, terms: settings };
}
