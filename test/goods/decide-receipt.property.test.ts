import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decideReceiptCheck } from '../../src/goods/check-receipt.ts';
import { decideReceipt, type ReceiptBasis, type ReceiptRequest } from '../../src/goods/decide-receipt.ts';
import { decideWarning } from '../../src/goods/decide-warning.ts';
import { doubtUseBy, latestUseBy } from '../../src/goods/use-by.ts';

const basis: ReceiptBasis = {
  today: '2026-11-21',
  closedMonths: new Set(['2026-09']),
  goods: [
    { goodsId: 1, code: 'GR001', unitValueFen: 2800 },
    { goodsId: 2, code: 'WA003', unitValueFen: 800 },
    { goodsId: 3, code: 'PE001', unitValueFen: 500 },
  ],
  restricted: new Set(['PE001']),
  logSize: 40,
  voucherSeq: null,
  recorderName: '钱管理',
  needsVoucher: false,
  needsSecond: false,
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
  const strict = { ...basis, needsVoucher: true, needsSecond: true };
  const bad = { lines: [{ code: 'NO', quantity: 1, useBy: '2020-01-01' }] };
  const bought = { ...request, source: { kind: 'purchase', name: '批发部' } as const };
  const whole = { ...bought, voucher: 7, invoice: 'A7', witness: '李会计' };
  test.each([
    [{ refused: 'date_in_future', occurredOn: '2026-11-22' }, { ...request, ...bad, occurredOn: '2026-11-22' }, strict],
    [{ refused: 'month_published', month: '2026-09' }, { ...request, ...bad, occurredOn: '2026-09-30' }, strict],
    [{ refused: 'voucher_needed' }, { ...bought, ...bad }, strict],
    [{ refused: 'invoice_needed' }, { ...bought, ...bad, voucher: 7 }, { ...strict, voucherSeq: 12 }],
    [
      { refused: 'voucher_used', voucher: 7, seq: 12 },
      { ...bought, ...bad, voucher: 7, invoice: 'A7' },
      { ...strict, voucherSeq: 12 },
    ],
    [{ refused: 'second_person_needed' }, { ...bought, ...bad, voucher: 7, invoice: 'A7' }, strict],
    [
      { refused: 'witness_is_recorder', witness: '钱 管理' },
      { ...whole, ...bad, witness: '钱 管理', giftSeq: 40 },
      strict,
    ],
    [{ refused: 'unknown_gift', giftSeq: 40 }, { ...whole, ...bad, giftSeq: 40 }, strict],
    [{ refused: 'unknown_goods', goods: 'NO' }, { ...whole, ...bad }, strict],
    [
      { refused: 'goods_restricted', goods: 'PE001' },
      { ...whole, lines: [{ code: 'PE001', quantity: 1, useBy: '2020-01-01' }] },
      strict,
    ],
    [
      { refused: 'already_expired', goods: 'GR001', useBy: '2026-11-20' },
      { ...whole, lines: [{ code: 'GR001', quantity: 1, useBy: '2026-11-20' }] },
      strict,
    ],
  ] as const)('%j', (refusal, asked, given) => {
    expect(decideReceipt(asked, given)).toEqual(refusal);
  });

  test('with its papers and a witness it comes in; without one it waits for somebody else', () => {
    expect(decideReceipt(whole, strict)).toMatchObject({
      acts: [{ facts: { voucher: 7, invoice: 'A7', checked: 'witness' }, disclosed: { witness: '李会计' } }],
    });
    const later = decideReceipt({ ...whole, witness: undefined, isCheckedLater: true }, strict);
    expect(later).toMatchObject({ acts: [{ facts: { checked: 'later' } }], lots: [{ awaitsCheck: true }] });
  });
});

test.each([
  [null, { refused: 'unknown_receipt' }],
  [
    { recordedBy: 1, isReversed: true, awaitsCheck: true },
    { refused: 'receipt_reversed', seq: 9 },
  ],
  [
    { recordedBy: 1, isReversed: false, awaitsCheck: false },
    { refused: 'receipt_checked_already', seq: 9 },
  ],
  [
    { recordedBy: 1, isReversed: false, awaitsCheck: true },
    { refused: 'own_receipt', seq: 9 },
  ],
  [{ recordedBy: 2, isReversed: false, awaitsCheck: true }, null],
])('a second person looks at %j: %j', (receipt, refusal) => {
  expect(decideReceiptCheck(receipt, { seq: 9, recordedBy: 1 })).toEqual(refusal);
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
