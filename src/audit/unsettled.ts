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

/** What was under way while the village decided is decided by what was said before. */
const UNDER_WAY_MS = 60_000;

export function openUnsettledBook(): UnsettledBook {
  let said: { most: number | null; until: number }[] = [{ most: null, until: Number.POSITIVE_INFINITY }];

  return {
    enter: ({ type, values, at }) => {
      const most = type === 'settings.change' ? values?.['unsettledMostCentipoints'] : undefined;
      if (most !== null && typeof most !== 'number') return;
      const until = Date.parse(at) + UNDER_WAY_MS;
      said = [
        ...said.map((one) => ({ ...one, until: Math.min(one.until, until) })),
        { most, until: Number.POSITIVE_INFINITY },
      ];
    },

    leave: ({ type, delta = 0, beyond, owed, acct, at }, index, balance, entries) => {
      const wrong = (what: string) => new Found('books', what, index);
      if (owed && delta > 0 && balance !== 0) throw wrong('it takes over something else than what the account owes');
      if (beyond === undefined && (balance >= 0 || delta > 0 || owed)) return;
      // What was owed already, where a point became worth less.
      if (type === 'points.convert' && balance - delta < 0) return;
      const allowed = said.flatMap(({ most, until }) => (most === null || Date.parse(at) > until ? [] : [most]));
      if (beyond !== undefined && !allowed.includes(-balance)) {
        throw wrong(`it leaves ${beyond} of the deduction although there was more to take`);
      }
      if (balance >= 0) return;
      const below = `it leaves account ${acct} with ${balance} hundredths of a point`;
      if ((type !== 'points.deduct' && type !== 'points.reverse') || allowed.length === 0) throw wrong(below);
      const most = Math.max(...allowed);
      if (balance < -most) throw wrong(`${below}, but no more than ${most} may be owed`);
      if (overspent(entries) > 0) throw wrong(`${below}, of which ${overspent(entries)} were spent`);
    },
  };
}
