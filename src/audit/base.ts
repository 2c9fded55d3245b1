/**
 * 基数, kept from the entries alone: where the village says that what a card starts with stays on it, no exchange leaves less. Goods that
 * were kept for somebody were paid when they were kept, and what was under way while the village decided is let be for a minute.
 */
import { Found } from './finding.ts';
import type { Leaf } from './leaf.ts';

export interface BaseBook {
  /** What an entry leaves its account with; what of that was given and is not to be spent yet is asked for of exchanges alone. */
  leave(leaf: Leaf, index: number, balance: number, lockedOf: (leaf: Leaf) => number): void;
  enter(leaf: Leaf): void;
}

const UNDER_WAY_MS = 60_000;

export function openBaseBook(): BaseBook {
  let opening = 0;
  let staysSince: number | null = null;

  return {
    enter: ({ type, at, opening: said, values }) => {
      if (type === 'village.open' || type === 'rate.change') opening = said ?? 0;
      const decided = type === 'settings.change' ? values?.['baseStays'] : undefined;
      if (decided === false) staysSince = null;
      if (decided === true) staysSince ??= Date.parse(at) + UNDER_WAY_MS;
    },
    leave: (leaf, index, balance, lockedOf) => {
      const { type, at, hold } = leaf;
      const spends = type === 'points.hold' || (type === 'points.redeem' && hold === undefined);
      if (!spends) return;
      const base = staysSince !== null && Date.parse(at) > staysSince ? opening : 0;
      const kept = base + lockedOf(leaf);
      if (kept > 0 && balance < kept) {
        throw new Found('books', `it leaves ${balance} on a card of which ${kept} cannot be spent`, index);
      }
    },
  };
}
