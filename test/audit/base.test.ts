/** A stranger holds each exchange against what the village keeps on every card. */
import { expect, test } from 'vitest';
import { openBaseBook } from '../../src/audit/base.ts';
import { openGiftPointsBook } from '../../src/audit/gift-points.ts';
import type { Leaf } from '../../src/audit/leaf.ts';

function leave(
  facts: Partial<Leaf>,
  { balance, stays = true, locked = 0 }: { balance: number; stays?: boolean; locked?: number },
): string | null {
  const book = openBaseBook();
  const at = (minute: number) => `2026-10-01T08:0${minute}:00.000Z`;
  book.enter({ type: 'village.open', opening: 10_000, at: at(0) } as Leaf);
  book.enter({ type: 'settings.change', values: { baseStays: stays }, at: at(1) } as unknown as Leaf);
  try {
    book.leave({ type: 'points.redeem', at: at(3), ...facts } as Leaf, 2, balance, () => locked);
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}

test('an exchange that leaves less than the base is found, and nothing else', () => {
  expect(leave({}, { balance: 10_000 })).toBeNull();
  expect(leave({}, { balance: 9_999 })).toContain('cannot be spent');
  expect(leave({ type: 'points.hold' }, { balance: 9_999 })).toContain('cannot be spent');
  expect(leave({}, { balance: 9_999, stays: false })).toBeNull();
  // What was kept was paid before, what was under way is let be, and a deduction takes what it takes.
  expect(leave({ hold: 1 }, { balance: 9_999 })).toBeNull();
  expect(leave({ at: '2026-10-01T08:01:30.000Z' }, { balance: 9_999 })).toBeNull();
  expect(leave({ type: 'points.deduct' }, { balance: 9_999 })).toBeNull();
});

test('what was given and not matched is not spent beside the base', () => {
  expect(leave({}, { balance: 10_499, locked: 500 })).toContain('10500 cannot be spent');
  expect(leave({}, { balance: 10_500, locked: 500 })).toBeNull();
  expect(leave({}, { balance: 499, locked: 500, stays: false })).toContain('500 cannot be spent');
});

/** What an exchange has to leave on the account after these entries, an hour after the last of them. */
function lockedAfter(entries: readonly Partial<Leaf>[], terms: Partial<Leaf> = {}): number {
  const book = openGiftPointsBook();
  const at = (hour: number) => `2026-10-01T${String(hour).padStart(2, '0')}:00:00.000Z`;
  const matched = { type: 'settings.change', values: { giftMatch: 1 } } as const;
  const all: Partial<Leaf>[] = [{ type: 'village.open', ...terms }, matched, ...entries];
  for (const [index, entry] of all.entries()) {
    book.enter({ acct: 'a', occurred: '2026-10-01', ...entry, at: at(index) } as Leaf, index);
  }
  return book.lockedOf({ acct: 'a', occurred: '2026-12-31', at: at(all.length) } as Leaf);
}

const given = (delta: number, match: number): Partial<Leaf> => ({ type: 'points.award', delta, match });
const earned = (delta: number): Partial<Leaf> => ({ type: 'points.award', delta });

test.each<[string, Partial<Leaf>[], number]>([
  ['nothing was given', [earned(500)], 0],
  ['nothing was earned', [given(500, 1)], 500],
  ['as much was earned', [given(500, 1), earned(500)], 0],
  ['it was earned before', [earned(500), given(500, 1)], 0],
  ['a part was earned', [given(10_000, 5), earned(1_000)], 5_000],
  ['all of it is unlocked', [given(10_000, 5), earned(2_000)], 0],
  ['no earned point counts twice', [given(500, 1), earned(500), given(500, 1)], 500],
  ['the earliest is matched first', [given(500, 1), given(10_000, 5), earned(1_000)], 7_500],
  ['what was earned is taken back', [given(500, 1), earned(500), { type: 'points.reverse', reverses: 3 }], 500],
  ['what was given is taken back', [given(500, 1), { type: 'points.reverse', reverses: 2 }], 0],
  ['the rate changed since', [given(500, 1), { type: 'rate.change' }], 0],
  ['the year took it', [given(500, 1), { type: 'points.expire', occurred: '2026-12-31' }], 0],
  ['matching ended', [given(500, 1), { type: 'settings.change', values: { giftMatch: null } }], 0],
])('gift points where %s', (_, entries, locked) => {
  expect(lockedAfter(entries)).toBe(locked);
});

test('gift points past their life keep nothing back', () => {
  expect(lockedAfter([given(500, 1)], { earnedMonths: 3 })).toBe(500);
  expect(lockedAfter([given(500, 1)], { earnedMonths: 2 })).toBe(0);
});

test('what waited for the village’s word is given on the terms that were asked for', () => {
  const asked: Partial<Leaf> = { type: 'claim.submit', claim: 'C', times: 5, match: 1 };
  expect(lockedAfter([asked, { ...given(500, 1), times: 5, claim: 'C' }])).toBe(500);
  expect(() => lockedAfter([asked, { ...earned(500), times: 5, claim: 'C' }])).toThrow('other terms');
});
