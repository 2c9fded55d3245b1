export type RatingGrade = 'excellent' | 'good' | 'pass';

export interface RatedHousehold {
  card: string;
  name: string;
  groupName: string;
  total: number;
  /** The visit's act. */
  seq: number;
  grade: RatingGrade;
  /** Nobody of the group has more; a shared best is shared, no lots are drawn. */
  isBestOfGroup: boolean;
}

/** Of households that passed: their grade by marks, the best first. */
export function decideRatings(
  results: readonly Omit<RatedHousehold, 'grade' | 'isBestOfGroup'>[],
  { excellent, good }: { excellent: number; good: number },
): RatedHousehold[] {
  const best = new Map<string, number>();
  for (const { groupName, total } of results) best.set(groupName, Math.max(best.get(groupName) ?? 0, total));
  return results
    .map((result) => ({
      ...result,
      grade: gradeOf(result.total, excellent, good),
      isBestOfGroup: best.get(result.groupName) === result.total,
    }))
    .sort((one, other) => other.total - one.total || one.card.localeCompare(other.card));
}

function gradeOf(total: number, excellent: number, good: number): RatingGrade {
  if (total >= excellent) return 'excellent';
  return total >= good ? 'good' : 'pass';
}
