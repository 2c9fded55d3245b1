import { visits } from '../inspections/index.ts';
import type { Reader } from '../platform/database/db.ts';
import { countProblemsBelow, type ProblemCounts } from '../problems/index.ts';

/** What waits around the points: homes to visit, and problems. */
export interface VillageWork {
  visits: number;
  /** The first day by which somebody has to go. */
  firstVisitBy: string | null;
  problems: ProblemCounts | null;
}

export async function villageWork(
  sql: Reader,
  { villageId, today }: { villageId: number; today: string },
): Promise<VillageWork> {
  const [all, [village]] = await Promise.all([
    visits(sql, villageId),
    countProblemsBelow(sql, { regionId: villageId, today }),
  ]);
  const days = all.flatMap(({ due }) => due ?? []).sort();
  return { visits: days.length, firstVisitBy: days[0] ?? null, problems: village?.counts ?? null };
}
