/**
 * Which points of an account are too old, worked out again from its entries: every taking drew on the points that expire first,
 * and a reversed act and its reversal are as if neither had been.
 */
import type { Leaf } from './leaf.ts';

/** Months from the day that points are for; null: they stay. */
export interface Life {
  earned: number | null;
  opening: number | null;
}

export interface AccountEntry {
  index: number;
  leaf: Pick<Leaf, 'type' | 'occurred' | 'pieces' | 'reverses'> & { delta: number };
}

interface Lot {
  due: string;
  day: string;
  left: number;
}

const NEVER = '9999-12-31';

export function dueOn(entries: readonly AccountEntry[], life: Life, asOf: string): number {
  const undone = new Set<number>();
  for (const { index, leaf } of entries) {
    if (leaf.reverses !== undefined) undone.add(index).add(leaf.reverses);
  }
  const lots: Lot[] = [];
  let owed = 0;
  for (const { index, leaf } of entries) {
    if (undone.has(index)) continue;
    if (leaf.delta < 0) owed -= leaf.delta;
    else lots.push(...made(leaf, life));
    while (owed > 0) {
      const next = earliest(lots);
      if (!next) break;
      const taken = Math.min(owed, next.left);
      next.left -= taken;
      owed -= taken;
    }
  }
  return lots.reduce((sum, { due, left }) => (due <= asOf ? sum + left : sum), 0);
}

function made({ type, occurred, delta, pieces }: AccountEntry['leaf'], life: Life): Lot[] {
  const parts = pieces ?? [{ kind: type === 'points.open' ? 'opening' : 'earned', day: occurred, centipoints: delta }];
  return parts.map(({ kind, day, centipoints }) => {
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
function monthsLater(day: string, months: number): string {
  const date = new Date(`${day}T00:00:00.000Z`);
  const wanted = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(wanted, last));
  return date.toISOString().slice(0, 10);
}
