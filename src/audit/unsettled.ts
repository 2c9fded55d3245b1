/**
 * 欠扣的分, kept from the entries alone: an account falls below nothing only by deductions, as far as the village said at the time that a
 * household may stay behind, and comes up again by what it earns. What a deduction left beyond that, it left because there was no more;
 * points that were spent are never taken back, and who merges with a household takes over exactly what it owes.
 */
import { Found } from './finding.ts';
import type { Leaf } from './leaf.ts';
import { type AccountEntry, overspent } from './lots.ts';

export interface UnsettledBook {
  /** What an entry leaves its account with; `entries` are all of the account, this one the last. */
  leave(leaf: Leaf, index: number, balance: number, entries: readonly AccountEntry[]): void;
  /** Entries without points. */
  enter(leaf: Leaf): void;
}

export function openUnsettledBook(): UnsettledBook {
  let most: number | null = null;

  return {
    enter: ({ type, values }) => {
      const set = type === 'settings.change' ? values?.['unsettledMostCentipoints'] : undefined;
      if (set === null || typeof set === 'number') most = set;
    },

    leave: ({ type, delta = 0, beyond, owed, acct }, index, balance, entries) => {
      const wrong = (what: string) => new Found('books', what, index);
      if (beyond !== undefined && balance !== -(most ?? Number.NaN)) {
        throw wrong(`it leaves ${beyond} of the deduction although there was more to take`);
      }
      if (owed && delta > 0 && balance !== 0) throw wrong('it takes over something else than what the account owes');
      // What is converted is checked in rates.ts.
      if (balance >= 0 || delta > 0 || (owed && delta < 0) || type === 'points.convert') return;
      const below = `it leaves account ${acct} with ${balance} hundredths of a point`;
      if ((type !== 'points.deduct' && type !== 'points.reverse') || most === null) throw wrong(below);
      if (balance < -most) throw wrong(`${below}, but no more than ${most} may be owed`);
      if (overspent(entries) > 0) throw wrong(`${below}, of which ${overspent(entries)} were spent`);
    },
  };
}
