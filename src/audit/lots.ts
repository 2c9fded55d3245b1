/**
 * Which points of an account are too old, worked out again from its entries: every taking drew on the points that expire first,
 * and a reversed act and its reversal are as if neither had been. Where a point becomes worth something else, each part is converted by
 * itself and rounded up, and what is owed rounded down.
 */
import type { Leaf } from './leaf.ts';

/** Months from the day that points are for; null: they stay. */
export interface Life {
  earned: number | null;
  opening: number | null;
  /** The day since which unused points go at the end of each year, and no months count. */
  yearEndSince?: string | null;
}

export interface AccountEntry {
  index: number;
  leaf: Pick<Leaf, 'type' | 'occurred' | 'pieces' | 'reverses' | 'owed' | 'was' | 'rate'> & { delta: number };
}

interface Lot {
  due: string;
  day: string;
  left: number;
}

const NEVER = '9999-12-31';

export function dueOn(entries: readonly AccountEntry[], life: Life, asOf: string): number {
  return draw(entries, life).lots.reduce((sum, { due, left }) => (due <= asOf ? sum + left : sum), 0);
}

/** What was taken by anything but a deduction although it was not there. */
export function overspent(entries: readonly AccountEntry[]): number {
  const { takings } = draw(entries, { earned: null, opening: null });
  return takings.reduce((sum, { mayWait, left }) => sum + (mayWait ? 0 : left), 0);
}

/** What an account comes to where a point becomes worth something else. */
export function convertedTo(entries: readonly AccountEntry[], life: Life, conversion: Conversion): number {
  const { lots, takings } = draw(entries, life);
  const held = lots.reduce((sum, { left }) => sum + convertUp(left, conversion), 0);
  return held - convertDown(sumLeft(takings), conversion);
}

export interface Conversion {
  was: number;
  rate: number;
}

export const convertUp = (points: number, { was, rate }: Conversion) => Math.ceil((points * was) / rate);
const convertDown = (points: number, { was, rate }: Conversion) => Math.floor((points * was) / rate);
const sumLeft = (parts: readonly { left: number }[]) => parts.reduce((sum, { left }) => sum + left, 0);

function draw(entries: readonly AccountEntry[], life: Life) {
  const undone = new Set<number>();
  for (const { index, leaf } of entries) {
    if (leaf.reverses !== undefined) undone.add(index).add(leaf.reverses);
  }
  const lots: Lot[] = [];
  const takings: { mayWait: boolean; left: number }[] = [];
  let first = 0;
  for (const { index, leaf } of entries) {
    if (undone.has(index)) continue;
    const { was, rate } = leaf;
    if (was !== undefined && rate !== undefined) {
      for (const lot of lots) lot.left = convertUp(lot.left, { was, rate });
      const owed = sumLeft(takings);
      const last = takings.at(-1);
      if (last && owed > 0) {
        for (const taking of takings) taking.left = 0;
        last.left = convertDown(owed, { was, rate });
        first = takings.length - 1;
      }
      continue;
    }
    if (leaf.delta < 0) {
      takings.push({ mayWait: leaf.type === 'points.deduct' || leaf.owed === true, left: -leaf.delta });
    } else lots.push(...made(leaf, life));
    for (let taking = takings[first]; taking; taking = takings[first]) {
      const next = earliest(lots);
      if (!next) break;
      const taken = Math.min(taking.left, next.left);
      next.left -= taken;
      taking.left -= taken;
      if (taking.left === 0) first += 1;
    }
  }
  return { lots, takings };
}

function made({ type, occurred, delta, pieces }: AccountEntry['leaf'], life: Life): Lot[] {
  const parts = pieces ?? [{ kind: type === 'points.open' ? 'opening' : 'earned', day: occurred, centipoints: delta }];
  return parts.map(({ kind, day, centipoints }) => {
    const since = life.yearEndSince ?? null;
    if (since !== null) return { due: `${(day > since ? day : since).slice(0, 4)}-12-31`, day, left: centipoints };
    const months = kind === 'opening' ? life.opening : life.earned;
    return { due: months === null ? NEVER : monthsLater(day, months), day, left: centipoints };
  });
}

/** Lots that are equal in both days may be drawn on in any order: what is due stays the same. */
function earliest(lots: readonly Lot[]): Lot | undefined {
  let found: Lot | undefined;
  for (const lot of lots) {
    if (lot.left > 0 && (!found || lot.due < found.due || (lot.due === found.due && lot.day < found.day))) found = lot;
  }
  return found;
}

/** The same day of a later month, or the last one that it has. */
export function monthsLater(day: string, months: number): string {
  const date = new Date(`${day}T00:00:00.000Z`);
  const wanted = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(wanted, last));
  return date.toISOString().slice(0, 10);
}
