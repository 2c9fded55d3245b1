/** A stranger holds each exchange against what the village keeps on every card. */
import { expect, test } from 'vitest';
import { openBaseBook } from '../../src/audit/base.ts';
import type { Leaf } from '../../src/audit/leaf.ts';

function leave(facts: Partial<Leaf>, { balance, stays = true }: { balance: number; stays?: boolean }): string | null {
  const book = openBaseBook();
  const at = (minute: number) => `2026-10-01T08:0${minute}:00.000Z`;
  book.enter({ type: 'village.open', opening: 10_000, at: at(0) } as Leaf);
  book.enter({ type: 'settings.change', values: { baseStays: stays }, at: at(1) } as unknown as Leaf);
  try {
    book.leave({ type: 'points.redeem', at: at(3), ...facts } as Leaf, 2, balance);
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
