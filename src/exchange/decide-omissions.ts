/** A line of a basket that costs more than the card holds. */
export interface PricedLine {
  code: string;
  quantity: number;
  priceCentipoints: number;
}

/** How many of which goods could stay on the shelf. */
export type Omission = readonly { code: string; quantity: number }[];

/** The most ways that anybody wants to hear. */
const MOST_WAYS = 3;

/**
 * What could be left out so that a basket fits: by fewer of one kind, the smallest loss first; where no single kind is enough,
 * one way that takes from the dearest kinds. Empty when nothing is missing.
 */
export function decideOmissions(lines: readonly PricedLine[], missingCentipoints: number): Omission[] {
  if (missingCentipoints <= 0) return [];
  const ways = lines
    .map(({ code, quantity, priceCentipoints }) => {
      const count = Math.ceil(missingCentipoints / priceCentipoints);
      return { code, count, quantity, lossCentipoints: count * priceCentipoints };
    })
    .filter(({ count, quantity }) => count <= quantity)
    .sort((left, right) => left.lossCentipoints - right.lossCentipoints || left.count - right.count)
    .slice(0, MOST_WAYS);
  if (ways.length > 0) return ways.map(({ code, count }) => [{ code, quantity: count }]);
  const omission: { code: string; quantity: number }[] = [];
  let missing = missingCentipoints;
  for (const line of [...lines].sort((left, right) => right.priceCentipoints - left.priceCentipoints)) {
    if (missing <= 0) break;
    const quantity = Math.min(line.quantity, Math.ceil(missing / line.priceCentipoints));
    omission.push({ code: line.code, quantity });
    missing -= quantity * line.priceCentipoints;
  }
  return missing <= 0 ? [omission] : [];
}
