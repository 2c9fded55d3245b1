/**
 * 赠予积分, kept from the entries alone: while the village says that what is given is matched by what is earned, no exchange takes given
 * points that were not set free. What a household earned frees the earliest given first, each earned point as many as that gift said, and
 * none twice; a gift whose points are past their life keeps nothing back. A new rate sets all free that was given before.
 */
import { Found } from './finding.ts';
import type { Leaf } from './leaf.ts';
import { monthsLater } from './lots.ts';

export interface GiftPointsBook {
  enter(leaf: Leaf, index: number): void;
  /** How many points of the account an exchange has to leave. */
  lockedOf(leaf: Leaf): number;
}

interface Came {
  index: number;
  delta: number;
  occurred: string;
  match: number | null;
}

/** What was under way while the village decided is decided by what was said before. */
const UNDER_WAY_MS = 60_000;

export function openGiftPointsBook(): GiftPointsBook {
  const came = new Map<string, Came[]>();
  /** The last end of a year at which the account lost what was left. */
  const cleared = new Map<string, { index: number; day: string }[]>();
  const accountOf = new Map<number, string>();
  const asked = new Map<string, { times: number | undefined; match: number | undefined }>();
  let earnedMonths: number | undefined;
  let matchesSince: number | null = null;

  const lockedOn = (acct: string, today: string): number => {
    const own = came.get(acct) ?? [];
    const lost = earnedMonths === undefined ? (cleared.get(acct)?.at(-1)?.day ?? '') : '';
    let earned = own.reduce((sum, { delta, match }) => sum + (match === null ? delta : 0), 0);
    let locked = 0;
    for (const { delta, match, occurred } of own) {
      if (match === null) continue;
      const freed = Math.min(delta, earned * match);
      earned -= Math.ceil(freed / match);
      const isGone = earnedMonths !== undefined && monthsLater(occurred, earnedMonths) <= today;
      if (!isGone && occurred > lost) locked += delta - freed;
    }
    return locked;
  };

  const give = ({ acct = '', delta = 0, occurred, match, times, claim }: Leaf, index: number) => {
    // What waited for the village's word is given as it was asked for.
    const before = claim === undefined ? undefined : asked.get(claim);
    if (before && (before.times !== times || before.match !== match)) {
      throw new Found('books', 'it gives on other terms than were asked for', index);
    }
    came.set(acct, [...(came.get(acct) ?? []), { index, delta, occurred, match: match ?? null }]);
    accountOf.set(index, acct);
  };

  const takeBack = (index: number) => {
    const acct = accountOf.get(index) ?? '';
    const without = <Line extends { index: number }>(lines: readonly Line[] | undefined) =>
      (lines ?? []).filter((line) => line.index !== index);
    came.set(acct, without(came.get(acct)));
    cleared.set(acct, without(cleared.get(acct)));
  };

  return {
    enter: (leaf, index) => {
      const { type, at, occurred, acct = '', claim = '', times, match, reverses, values } = leaf;
      if (type === 'village.open') earnedMonths = leaf.earnedMonths;
      if (type === 'claim.submit') asked.set(claim, { times, match });
      if (type === 'points.award') give(leaf, index);
      if (type === 'points.expire' && occurred.endsWith('-12-31')) {
        cleared.set(acct, [...(cleared.get(acct) ?? []), { index, day: occurred }]);
        accountOf.set(index, acct);
      }
      if (type === 'points.reverse') takeBack(reverses ?? -1);
      if (type === 'rate.change') {
        came.clear();
        cleared.clear();
      }
      const said = type === 'settings.change' ? values?.['giftMatch'] : undefined;
      if (said === null) matchesSince = null;
      if (typeof said === 'number') matchesSince = Date.parse(at) + UNDER_WAY_MS;
    },
    lockedOf: ({ acct = '', at, occurred }) =>
      matchesSince === null || Date.parse(at) <= matchesSince ? 0 : lockedOn(acct, occurred),
  };
}
