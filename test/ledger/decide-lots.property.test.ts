/** Which points are spent first and which expire: one pure function, held against what it promises. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dueOn } from '../../src/audit/lots.ts';
import {
  dayAfterMonths,
  decideLots,
  drawPieces,
  dueCentipoints,
  type LotEntry,
  type PointsLife,
} from '../../src/ledger/decide-lots.ts';

const LIFE: PointsLife = { earnedMonths: 24, openingMonths: 12 };

const months = fc.option(fc.integer({ min: 1, max: 36 }), { nil: null });
const life: fc.Arbitrary<PointsLife> = fc.record({ earnedMonths: months, openingMonths: months });
const day = fc
  .integer({ min: 0, max: 1500 })
  .map((days) => new Date(Date.UTC(2024, 0, 1 + days)).toISOString().slice(0, 10));

const move = fc.record({ amount: fc.integer({ min: 1, max: 500 }), day, isOpening: fc.boolean(), what: fc.nat(9) });

/** An account as it could be: never below zero when it is written; a reversal undoes an act that is still whole. */
const account: fc.Arbitrary<LotEntry[]> = fc.array(move, { maxLength: 40 }).map((moves) => {
  const entries: LotEntry[] = [];
  let balance = 0;
  for (const { amount, day: on, isOpening, what } of moves) {
    const standing = entries.filter(
      ({ seq, reversesSeq }) => reversesSeq === null && !entries.some((other) => other.reversesSeq === seq),
    );
    const undone = what === 0 ? standing[amount % Math.max(1, standing.length)] : undefined;
    const signed = undone ? -undone.amountCentipoints : what < 5 ? -Math.min(amount, balance) : amount;
    if (signed === 0 || balance + signed < 0) continue;
    balance += signed;
    entries.push({
      seq: entries.length * 3 + 1,
      amountCentipoints: signed,
      occurredOn: undone?.occurredOn ?? on,
      isOpening: signed > 0 && isOpening && !undone,
      mayWait: false,
      reversesSeq: undone?.seq ?? null,
      pieces: null,
    });
  }
  return entries;
});

const total = (parts: readonly { centipoints: number }[]) => parts.reduce((sum, part) => sum + part.centipoints, 0);
const balanceOf = (entries: readonly LotEntry[]) => entries.reduce((sum, entry) => sum + entry.amountCentipoints, 0);

test('what remains is always the balance', () => {
  fc.assert(
    fc.property(account, life, (entries, lives) => {
      expect(total(decideLots(entries, lives).lots)).toBe(balanceOf(entries));
    }),
  );
});

test('each taking draws exactly what it took, and each act gives exactly what it brought', () => {
  fc.assert(
    fc.property(account, life, (entries, lives) => {
      const { lots, draws } = decideLots(entries, lives);
      const undone = new Set(
        entries.flatMap(({ seq, reversesSeq }) => (reversesSeq === null ? [] : [seq, reversesSeq])),
      );
      for (const { seq, amountCentipoints } of entries) {
        const taken = total(draws.filter((draw) => draw.seq === seq));
        const given = total(draws.filter((draw) => draw.fromSeq === seq));
        const left = total(lots.filter((lot) => lot.seq === seq));
        if (undone.has(seq)) expect([taken, given, left]).toEqual([0, 0, 0]);
        else if (amountCentipoints < 0) expect(taken).toBe(-amountCentipoints);
        else expect(given + left).toBe(amountCentipoints);
      }
    }),
  );
});

test('nothing is drawn while older points that were there are left', () => {
  fc.assert(
    fc.property(account, life, (entries, lives) => {
      const { lots, draws } = decideLots(entries, lives);
      const undone = new Set(
        entries.flatMap(({ seq, reversesSeq }) => (reversesSeq === null ? [] : [seq, reversesSeq])),
      );
      const expiryOf = (seq: number) => {
        const entry = entries.find((one) => one.seq === seq);
        const life_ = entry?.isOpening ? lives.openingMonths : lives.earnedMonths;
        return entry && life_ !== null ? dayAfterMonths(entry.occurredOn, life_) : '9999-12-31';
      };
      for (const { seq, fromSeq } of draws) {
        const older = lots.filter(
          (lot) => lot.seq < seq && !undone.has(lot.seq) && expiryOf(lot.seq) < expiryOf(fromSeq),
        );
        // Only what a reversal left owing was taken from points that came later.
        if (fromSeq < seq) expect(older).toEqual([]);
      }
    }),
  );
});

test('an act and its reversal are as if neither had been', () => {
  fc.assert(
    fc.property(account, life, (entries, lives) => {
      const undone = new Set(
        entries.flatMap(({ seq, reversesSeq }) => (reversesSeq === null ? [] : [seq, reversesSeq])),
      );
      expect(decideLots(entries, lives)).toEqual(
        decideLots(
          entries.filter(({ seq }) => !undone.has(seq)),
          lives,
        ),
      );
    }),
  );
});

test('after an expiry nothing is due on its day, and the sum is what it was', () => {
  fc.assert(
    fc.property(account, life, day, (entries, lives, on) => {
      const due = dueCentipoints(decideLots(entries, lives).lots, on);
      fc.pre(due > 0);
      const expiry: LotEntry = {
        seq: 10_000,
        amountCentipoints: -due,
        occurredOn: on,
        isOpening: false,
        mayWait: false,
        reversesSeq: null,
        pieces: null,
      };
      const after = decideLots([...entries, expiry], lives);
      expect(dueCentipoints(after.lots, on)).toBe(0);
      expect(total(after.lots) + due).toBe(balanceOf(entries));
    }),
  );
});

test('points that move to another household are as old there as they were here', () => {
  fc.assert(
    fc.property(account, life, day, fc.integer({ min: 0, max: 100 }), (entries, lives, on, percent) => {
      const { lots } = decideLots(entries, lives);
      const moved = Math.floor((balanceOf(entries) * percent) / 100);
      fc.pre(moved > 0);
      const base = { isOpening: false, mayWait: false, reversesSeq: null, occurredOn: '2028-06-01' };
      const pieces = drawPieces(lots, moved);
      expect(total(pieces)).toBe(moved);
      const here = decideLots([...entries, { ...base, seq: 10_000, amountCentipoints: -moved, pieces: null }], lives);
      const there = decideLots([{ ...base, seq: 1, amountCentipoints: moved, pieces }], lives);
      expect(dueCentipoints(here.lots, on) + dueCentipoints(there.lots, on)).toBe(dueCentipoints(lots, on));
    }),
  );
});

test('the verifier from outside finds the same points due', () => {
  fc.assert(
    fc.property(account, life, day, (entries, lives, on) => {
      const told = entries.map(({ seq, amountCentipoints: delta, occurredOn: occurred, isOpening, reversesSeq }) => ({
        index: seq,
        leaf: {
          type: isOpening ? ('points.open' as const) : ('points.award' as const),
          occurred,
          delta,
          ...(reversesSeq !== null && { reverses: reversesSeq }),
        },
      }));
      const due = dueOn(told, { earned: lives.earnedMonths, opening: lives.openingMonths }, on);
      expect(due).toBe(dueCentipoints(decideLots(entries, lives).lots, on));
    }),
  );
});

describe('the day on which points are no longer good', () => {
  test.each([
    ['2026-09-01', 24, '2028-09-01'],
    ['2026-09-01', 12, '2027-09-01'],
    ['2026-08-31', 6, '2027-02-28'],
    ['2027-08-31', 6, '2028-02-29'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2026-11-30', 1, '2026-12-30'],
    ['2026-12-31', 2, '2027-02-28'],
  ])('%s and %i months are %s', (from, count, to) => {
    expect(dayAfterMonths(from, count)).toBe(to);
  });

  test('the opening points of a year ago go first and are spent first', () => {
    const entry = (seq: number, amountCentipoints: number, occurredOn: string, isOpening = false): LotEntry => ({
      seq,
      amountCentipoints,
      occurredOn,
      isOpening,
      mayWait: false,
      reversesSeq: null,
      pieces: null,
    });
    const entries = [entry(1, 10_000, '2026-01-01', true), entry(2, 500, '2025-06-01'), entry(3, -9_800, '2026-02-01')];
    const { lots, draws } = decideLots(entries, LIFE);
    expect(draws).toEqual([{ seq: 3, fromSeq: 1, centipoints: 9_800 }]);
    expect(lots).toMatchObject([
      { seq: 1, centipoints: 200, expiresOn: '2027-01-01' },
      { seq: 2, centipoints: 500, expiresOn: '2027-06-01' },
    ]);
  });
});
