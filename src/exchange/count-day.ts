import type { Redemption } from './redemption.ts';

/** What one day at the counter comes to; what was taken back counts only as that. */
export interface CountedDay {
  exchanges: number;
  reversed: number;
  spentCentipoints: number;
  /** Households that came, however often. */
  households: number;
  goods: { code: string; name: string; spec: string; unit: string; quantity: number; spentCentipoints: number }[];
  served: { name: string; exchanges: number; spentCentipoints: number }[];
  /** Numbers in the public record, first and last; none between them is missing there. */
  numbers: { first: number; last: number } | null;
  /** Paper slips of a time without network: first, last, and which of them are not entered. */
  paper: { first: number; last: number; missing: number[] } | null;
}

/** A pad has a hundred slips; a number that is far off is a wrong number and not a thousand gaps. */
const MOST_MISSING = 200;

export function countDay(redemptions: readonly Redemption[]): CountedDay {
  const standing = redemptions.filter(({ reversedBySeq }) => reversedBySeq === null);
  const goods = new Map<string, CountedDay['goods'][number]>();
  const served = new Map<string, CountedDay['served'][number]>();
  for (const { lines, recordedByName, spentCentipoints } of standing) {
    const one = served.get(recordedByName) ?? { name: recordedByName, exchanges: 0, spentCentipoints: 0 };
    const more = { exchanges: one.exchanges + 1, spentCentipoints: one.spentCentipoints + spentCentipoints };
    served.set(recordedByName, { ...one, ...more });
    for (const { code, name, spec, unit, quantity, priceCentipoints } of lines) {
      const kind = goods.get(code) ?? { code, name, spec, unit, quantity: 0, spentCentipoints: 0 };
      const sums = {
        quantity: kind.quantity + quantity,
        spentCentipoints: kind.spentCentipoints + quantity * priceCentipoints,
      };
      goods.set(code, { ...kind, ...sums });
    }
  }
  return {
    exchanges: standing.length,
    reversed: redemptions.length - standing.length,
    spentCentipoints: standing.reduce((sum, { spentCentipoints }) => sum + spentCentipoints, 0),
    households: new Set(standing.map(({ cardNumber }) => cardNumber)).size,
    goods: [...goods.values()].toSorted((left, right) => left.code.localeCompare(right.code)),
    served: [...served.values()],
    numbers: rangeOf(redemptions.map(({ seq }) => seq)),
    paper: paperOf(redemptions.flatMap(({ paperSlip }) => (paperSlip === null ? [] : [paperSlip]))),
  };
}

function rangeOf(numbers: readonly number[]): CountedDay['numbers'] {
  return numbers.length === 0 ? null : { first: Math.min(...numbers), last: Math.max(...numbers) };
}

function paperOf(slips: readonly number[]): CountedDay['paper'] {
  const range = rangeOf(slips);
  if (!range) return null;
  const used = new Set(slips);
  const between = Math.min(range.last - range.first + 1, MOST_MISSING);
  const missing = Array.from({ length: between }, (_, step) => range.first + step).filter((slip) => !used.has(slip));
  return { ...range, missing };
}
