/** A household as far as it is guessed who comes next. */
interface Comer {
  groupName: string;
  /** How much there has been on its card. */
  lastN: number;
}

/** Where most of those who are chosen are of one group, the next one is likely to be, too. */
const OF_THEIR_GROUP = 3;

/**
 * Card numbers that the same letters fit, the likeliest first: who is chosen already comes last, and of the others whoever comes often
 * is looked for often. The script of the award page says the same of what stands on it.
 */
export function likelyFirst(
  numbers: readonly string[],
  chosen: readonly string[],
  households: ReadonlyMap<string, Comer>,
): string[] {
  const groups = chosen.map((number) => households.get(number)?.groupName);
  const weightOf = (number: string) => {
    const household = households.get(number);
    if (!household || chosen.includes(number)) return 0;
    const ofGroup = groups.filter((group) => group === household.groupName).length;
    return (household.lastN + 1) * (ofGroup * 2 > chosen.length + 2 ? OF_THEIR_GROUP : 1);
  };
  return numbers.toSorted((left, right) => weightOf(right) - weightOf(left));
}
