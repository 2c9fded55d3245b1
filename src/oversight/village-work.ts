import { waitingActivities } from '../activities/index.ts';
import { waitingRounds } from '../honours/index.ts';
import { visits } from '../inspections/index.ts';
import { addMonths, monthOf } from '../platform/clock.ts';
import type { Reader } from '../platform/database/db.ts';
import { countProblemsBelow, type ProblemCounts } from '../problems/index.ts';
import { dueReminders } from '../reminders/index.ts';
import { samples } from '../samples/index.ts';

/** What waits around the points: homes to visit, and problems. */
export interface VillageWork {
  visits: number;
  /** The first day by which somebody has to go. */
  firstVisitBy: string | null;
  problems: ProblemCounts | null;
  /** Of the newest drawn month: how many lines nobody has looked at; and the month that has ended without being drawn. */
  sample: { month: string; waiting: number } | null;
  undrawnMonth: string | null;
  /** Rounds for an honour that the meeting has to decide, and activities whose points nobody gave. */
  rounds: number;
  activities: number;
  /** Households that were reminded and had their days, and nobody has decided whether it was put right. */
  reminders: { count: number; firstDue: string | null };
}

export async function villageWork(
  sql: Reader,
  { villageId, today }: { villageId: number; today: string },
): Promise<VillageWork> {
  const [all, [village], drawn, openRounds, unpaid, reminders] = await Promise.all([
    visits(sql, villageId),
    countProblemsBelow(sql, { regionId: villageId, today }),
    samples(sql, villageId),
    waitingRounds(sql, villageId, today),
    waitingActivities(sql, villageId),
    dueReminders(sql, { villageId, today }),
  ]);
  const days = all.flatMap(({ due }) => due ?? []).sort();
  const [newest] = drawn;
  const lastMonth = addMonths(monthOf(today), -1);
  return {
    visits: days.length,
    firstVisitBy: days[0] ?? null,
    problems: village?.counts ?? null,
    sample: newest
      ? { month: newest.month, waiting: newest.lines.filter(({ state }) => state === 'waiting').length }
      : null,
    undrawnMonth: newest && newest.month < lastMonth ? lastMonth : null,
    rounds: openRounds,
    activities: unpaid,
    reminders,
  };
}
