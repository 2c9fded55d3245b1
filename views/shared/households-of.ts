/** Of how many households these lines are: where each person has one, several may be of one household. */
export function householdsOf(lines: readonly { number: string }[]): number {
  return new Set(lines.map(({ number }) => number)).size;
}
