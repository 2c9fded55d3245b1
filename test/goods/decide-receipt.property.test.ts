import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decideReceipt, type ReceiptBasis, type ReceiptRequest } from '../../src/goods/decide-receipt.ts';
import { decideWarning } from '../../src/goods/decide-warning.ts';
import { doubtUseBy, latestUseBy } from '../../src/goods/use-by.ts';

const basis: ReceiptBasis = {
  today: '2026-11-21',
  closedMonths: new Set(['2026-09']),
  goods: [
    { goodsId: 1, code: 'GR001', unitValueFen: 2800 },
    { goodsId: 2, code: 'WA003', unitValueFen: 800 },
  ],
  logSize: 40,
};

const request: ReceiptRequest = {
  source: { kind: 'donation', name: '好人公司' },
  occurredOn: '2026-11-20',
  lines: [{ code: 'GR001', quantity: 10 }],
};

const lines = fc.array(
  fc.record({
    code: fc.constantFrom('GR001', 'WA003'),
    quantity: fc.integer({ min: 1, max: 9999 }),
    unitValueFen: fc.option(fc.nat(100_000), { nil: undefined }),
    useBy: fc.option(fc.constantFrom('2026-11-21', '2027-05-01'), { nil: undefined }),
  }),
  { minLength: 1, maxLength: 20 },
);

test('every line is a lot of its own, with its quantity, value, day and source', () => {
  fc.assert(
    fc.property(lines, (given) => {
      const decided = decideReceipt({ ...request, lines: given }, basis);
      if ('refused' in decided) throw new Error(decided.refused);
      expect(decided.acts).toHaveLength(1);
      expect(decided.acts[0]?.moves).toBeUndefined();
      expect(decided.lots).toEqual(
        given.map(({ code, quantity, unitValueFen, useBy }) => ({
          goodsId: code === 'GR001' ? 1 : 2,
          quantity,
          sourceKind: 'donation',
          sourceName: '好人公司',
          unitValueFen: unitValueFen ?? (code === 'GR001' ? 2800 : 800),
          useBy: useBy ?? null,
        })),
      );
    }),
  );
});

test('the record tells goods, quantities and values; the donor only to those who may know', () => {
  const decided = decideReceipt(request, basis);
  if ('refused' in decided) throw new Error(decided.refused);
  expect(decided.acts[0]).toEqual({
    type: 'stock.in',
    facts: { source: 'donation', goods: [{ code: 'GR001', quantity: 10, value: 2800 }] },
    disclosed: { source: '好人公司' },
  });
});

test('the fund and the gift stand in the record and on every lot; where nobody said, neither has a word of them', () => {
  const decided = decideReceipt({ ...request, fund: 'civil_affairs', giftSeq: 39 }, basis);
  expect(decided).toMatchObject({
    acts: [{ facts: { fund: 'civil_affairs', giftSeq: 39 } }],
    lots: [{ fund: 'civil_affairs', giftSeq: 39 }],
  });
});

describe('refusals in order of precedence', () => {
  test.each([
    [
      { refused: 'date_in_future', occurredOn: '2026-11-22' },
      { ...request, occurredOn: '2026-11-22' },
    ],
    [
      { refused: 'month_published', month: '2026-09' },
      { ...request, occurredOn: '2026-09-30' },
    ],
    [
      { refused: 'unknown_gift', giftSeq: 40 },
      { ...request, giftSeq: 40, lines: [{ code: 'NO', quantity: 1 }] },
    ],
    [
      { refused: 'unknown_goods', goods: 'NO' },
      { ...request, lines: [{ code: 'NO', quantity: 1, useBy: '2020-01-01' }] },
    ],
    [
      { refused: 'already_expired', goods: 'GR001', useBy: '2026-11-20' },
      { ...request, lines: [{ code: 'GR001', quantity: 1, useBy: '2026-11-20' }] },
    ],
  ])('%j', (refusal, asked) => {
    expect(decideReceipt(asked, basis)).toEqual(refusal);
  });
});

test.each([
  ['2026-11-21', 12, '2027-11-21'],
  ['2026-08-31', 6, '2027-02-28'],
  ['2027-08-31', 6, '2028-02-29'],
  ['2026-11-21', null, undefined],
])('what comes in on %s and keeps %s months keeps until %s at most', (day, months, latest) => {
  expect(latestUseBy(day, months)).toBe(latest);
});

test('a use-by day is doubted where it is missing or later than the goods keep', () => {
  const rice = { occurredOn: '2026-11-21', shelfLifeMonths: 12 };
  expect(doubtUseBy(undefined, rice)).toBe('noUseBy');
  expect(doubtUseBy('2027-11-22', rice)).toBe('tooLate');
  expect(doubtUseBy('2027-11-21', rice)).toBeUndefined();
  expect(doubtUseBy(undefined, { ...rice, shelfLifeMonths: null })).toBeUndefined();
});

test.each([
  ['never', { quantityOnHand: 0, hasBeenReceived: false }],
  ['expired', { quantityOnHand: 50, quantityExpired: 1 }],
  ['expiring', { quantityOnHand: 50, nearestUseBy: '2026-12-21' }],
  ['fine', { quantityOnHand: 50, nearestUseBy: '2026-12-22' }],
  ['none', { quantityOnHand: 0 }],
  ['low', { quantityOnHand: 5 }],
  ['fine', { quantityOnHand: 6 }],
] as const)('stock is %s with %j', (warning, state) => {
  const whole = { quantityExpired: 0, nearestUseBy: null, hasBeenReceived: true, ...state };
  expect(decideWarning(whole, '2026-11-21')).toBe(warning);
});
