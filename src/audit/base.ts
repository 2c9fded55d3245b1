/**
 * 基数, kept from the entries alone: where the village says that what a card starts with stays on it, no exchange leaves less. Goods that
 * were kept for somebody were paid when they were kept, and what was under way while the village decided is let be for a minute.
 */
import { Found } from './finding.ts';
import type { Leaf } from './leaf.ts';

export interface BaseBook {
  /** What an entry leaves its account with. */
  leave(leaf: Leaf, index: number, balance: number): void;
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
    leave: ({ type, at, hold }, index, balance) => {
      const spends = type === 'points.hold' || (type === 'points.redeem' && hold === undefined);
      if (spends && staysSince !== null && Date.parse(at) > staysSince && balance < opening) {
        throw new Found('books', `it leaves ${balance} on a card of which ${opening} cannot be spent`, index);
      }
    },
  };
}
