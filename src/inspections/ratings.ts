import type { Reader } from '../platform/database/db.ts';
import { villageRules } from '../rules/index.ts';
import { villageSettings } from '../settings/index.ts';
import { decideRatings, type RatedHousehold, type RatingGrade } from './decide-ratings.ts';
import { type MonthAward, monthAwards } from './month-awards.ts';
import { visits } from './visits.ts';

export type { RatingGrade } from './decide-ratings.ts';

/** The households of one grade, with the rule by which they may get points. */
export interface Rating {
  grade: RatingGrade;
  rule: { code: string; name: string; pointsCentipoints: number } | null;
  households: (RatedHousehold & { award: MonthAward | null })[];
}

/** The rules that are for visits, the most points first, belong to the grades in this order. */
const GRADES: readonly RatingGrade[] = ['excellent', 'good', 'pass'];

/** 评比 of a month: what its visits propose, and who has it already. Nothing is given here; the awards' own way decides. */
export async function monthRatings(
  sql: Reader,
  { villageId, month, today }: { villageId: number; month: string; today: string },
): Promise<Rating[]> {
  const [all, settings, rules] = await Promise.all([
    visits(sql, villageId),
    villageSettings(sql, villageId),
    villageRules(sql, villageId, today),
  ]);
  const forVisits = rules
    .filter(({ approvalPath, pointsCentipoints }) => approvalPath === 'INSPECTION_TEAM_2OF3' && pointsCentipoints > 0)
    .sort((one, other) => other.pointsCentipoints - one.pointsCentipoints);
  const results = all.flatMap(({ card, results: given }) => {
    const last = given.findLast(({ day }) => day.startsWith(month));
    const { number, headName, groupName } = card;
    return last?.passed && card.status === 'active'
      ? [{ card: number, name: headName, groupName, total: last.total, seq: last.seq }]
      : [];
  });
  const rated = decideRatings(results, {
    excellent: settings.ratingExcellentMarks,
    good: settings.ratingGoodMarks,
  });
  const awardOf = await monthAwards(sql, { villageId, month, rules: forVisits.map(({ code }) => code) });
  return GRADES.map((grade, place) => {
    const rule = forVisits[place];
    return {
      grade,
      rule: rule ? { code: rule.code, name: rule.name, pointsCentipoints: rule.pointsCentipoints } : null,
      households: rated
        .filter((household) => household.grade === grade)
        .map((household) => ({ ...household, award: rule ? awardOf(household.card, rule.code) : null })),
    };
  });
}
