/** What a card's lines are added up to, compared with what the card is said to hold. Nothing here believes a running balance. */
export interface SoundnessBasis {
  /** What stood on the card before the first of these lines, and how many lines that were. */
  carriedCentipoints: number;
  carriedCount: number;
  /** Oldest first. */
  lines: readonly { n: number; amountCentipoints: number; balanceAfterCentipoints: number }[];
  /** What the card holds, from another source than the lines. */
  statedCentipoints: number;
}

export interface Soundness {
  sumCentipoints: number;
  /** The first line whose number or balance does not follow from the one before; null when all do. */
  firstWrongN: number | null;
  isSound: boolean;
}

export function decideSoundness({
  carriedCentipoints,
  carriedCount,
  lines,
  statedCentipoints,
}: SoundnessBasis): Soundness {
  let sumCentipoints = carriedCentipoints;
  let firstWrongN: number | null = null;
  lines.forEach((line, index) => {
    sumCentipoints += line.amountCentipoints;
    const follows = line.n === carriedCount + index + 1 && line.balanceAfterCentipoints === sumCentipoints;
    if (!follows) firstWrongN ??= line.n;
  });
  return { sumCentipoints, firstWrongN, isSound: firstWrongN === null && sumCentipoints === statedCentipoints };
}
