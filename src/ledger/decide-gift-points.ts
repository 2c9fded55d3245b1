/**
 * 赠予积分: points that were given stay on the card until the household has earned enough to set them free. What it earned frees the
 * earliest given first, each earned point as many as that gift said, and no earned point twice; it does not matter which came first. A
 * gift whose points have expired keeps nothing back any more.
 */
import { dayAfterMonths } from './decide-lots.ts';

export interface GivenOrEarned {
  amountCentipoints: number;
  occurredOn: string;
  /** How many given points one earned point sets free; null of what was earned. */
  match: number | null;
}

export interface GiftLife {
  earnedMonths: number | null;
  /** The last end of a year at which the account lost what was left; null where none did. */
  clearedThrough: string | null;
}

export interface LockedPoints {
  /** What cannot be spent yet. */
  lockedCentipoints: number;
  /** What is still to be earned until all of it can. */
  earnCentipoints: number;
}

export const NOTHING_LOCKED: LockedPoints = { lockedCentipoints: 0, earnCentipoints: 0 };

/** Of one account, in the order of the record; reversed acts are left out. */
export function decideLocked(
  awards: readonly GivenOrEarned[],
  { earnedMonths, clearedThrough }: GiftLife,
  today: string,
): LockedPoints {
  const isGone = ({ occurredOn }: GivenOrEarned) =>
    (earnedMonths !== null && dayAfterMonths(occurredOn, earnedMonths) <= today) ||
    (clearedThrough !== null && occurredOn <= clearedThrough);
  let earned = awards.reduce((sum, { match, amountCentipoints }) => sum + (match === null ? amountCentipoints : 0), 0);
  const locked = { ...NOTHING_LOCKED };
  for (const gift of awards) {
    const { match, amountCentipoints } = gift;
    if (match === null) continue;
    const freed = Math.min(amountCentipoints, earned * match);
    earned -= Math.ceil(freed / match);
    if (freed === amountCentipoints || isGone(gift)) continue;
    locked.lockedCentipoints += amountCentipoints - freed;
    locked.earnCentipoints += Math.ceil((amountCentipoints - freed) / match);
  }
  return locked;
}
