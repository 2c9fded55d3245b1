/** Every state of a gift against everything that can happen to it. */
import { describe, expect, test } from 'vitest';
import {
  decideInspection,
  decideShelving,
  decideSpending,
  GIFT_EVENTS,
  GIFT_STATES,
  type GiftEvent,
  type GiftFacts,
  type GiftState,
  nextGiftState,
} from '../../src/donations/decide-gift.ts';
import { timesOfSum } from '../../src/donations/decide-thanks.ts';
import { capitalYuan } from '../../views/donations/capital-yuan.ts';

const TABLE: Record<GiftState, Partial<Record<GiftEvent, GiftState>>> = {
  announced: { receive: 'received' },
  received: { pass: 'inspected', refuse: 'refused' },
  inspected: { spend: 'inspected', shelve: 'on_shelf' },
  refused: {},
  on_shelf: { spend: 'on_shelf', shelve: 'on_shelf', trace: 'traced' },
  traced: { spend: 'on_shelf', shelve: 'on_shelf', trace: 'traced', report: 'reported' },
  reported: { spend: 'on_shelf', shelve: 'on_shelf', trace: 'traced' },
};

describe.each(GIFT_STATES)('a gift that is %s', (state) => {
  test.each(GIFT_EVENTS)('%s', (event) => {
    expect(nextGiftState(state, event)).toBe(TABLE[state][event] ?? null);
  });
});

const rice = { code: 'GR001', quantity: 10, value: 2_800 };

const goods: GiftFacts = {
  kind: 'goods',
  state: 'received',
  received: 28_000,
  receivedBy: 7,
  lines: [rice],
  accepted: 0,
  acceptedLines: [],
  spent: 0,
  spentOnGoods: 0,
  shelvedLines: [],
};
const money: GiftFacts = { ...goods, kind: 'money', lines: [], received: 50_000, accepted: 50_000, state: 'inspected' };

test.each([
  ['每10元', 9_900, 9],
  ['每 100 元', 9_900, null],
  ['每10元', 999, null],
  ['每公斤', 9_900, null],
  ['每10元', 100_000_000, null],
])('a unit of %s in a gift of %i fen: %s', (unit, fen, times) => {
  expect(timesOfSum({ unit }, fen)).toBe(times);
});

test('nobody finds good what he received himself', () => {
  expect(decideInspection(goods, { passed: true, lines: [rice], inspector: 7 })).toEqual({ refused: 'same_inspector' });
  expect(decideInspection(goods, { passed: false, lines: [], inspector: 7 })).toEqual({ refused: 'same_inspector' });
  expect(decideInspection(goods, { passed: true, lines: [rice], inspector: 8 })).toEqual({
    lines: [rice],
    fen: 28_000,
  });
});

test('no more is found good than came, and not at another worth', () => {
  const more = { ...rice, quantity: 11 };
  const dearer = { ...rice, value: 2_900 };
  const twice = [rice, { ...rice, quantity: 1 }];
  for (const lines of [[more], [dearer], twice]) {
    expect(decideInspection(goods, { passed: true, lines, inspector: 8 })).toMatchObject({
      refused: 'more_than_received',
    });
  }
  expect(decideInspection(goods, { passed: true, lines: [{ ...rice, quantity: 0 }], inspector: 8 })).toEqual({
    refused: 'gift_empty',
  });
});

test('what was found good is shelved once', () => {
  const found: GiftFacts = {
    ...goods,
    state: 'on_shelf',
    accepted: 28_000,
    acceptedLines: [rice],
    shelvedLines: [{ ...rice, quantity: 6 }],
  };
  expect(decideShelving(found, [{ ...rice, quantity: 4 }])).toBeNull();
  expect(decideShelving(found, [{ ...rice, quantity: 5 }])).toEqual({
    refused: 'more_than_received',
    goods: 'GR001',
    leftQuantity: 4,
  });
});

test('money is spent as long as it is there, on goods with an invoice alone', () => {
  const spend = (fen: number, purpose: 'goods' | 'transport', invoice: string) =>
    decideSpending({ ...money, spent: 20_000 }, { fen, purpose, invoice });
  expect(spend(30_000, 'goods', 'FP-1')).toBeNull();
  expect(spend(30_001, 'goods', 'FP-1')).toEqual({ refused: 'money_not_left', leftFen: 30_000 });
  expect(spend(10, 'goods', '')).toEqual({ refused: 'invoice_needed' });
  expect(spend(10, 'transport', '')).toBeNull();
  expect(decideSpending({ ...goods, state: 'inspected' }, { fen: 1, purpose: 'goods', invoice: 'A' })).toEqual({
    refused: 'not_of_money',
  });
});

test('of money no more goods come onto the shelf than were paid', () => {
  const paid: GiftFacts = { ...money, spent: 6_000, spentOnGoods: 5_600 };
  expect(decideShelving(paid, [{ ...rice, quantity: 2 }])).toBeNull();
  expect(decideShelving(paid, [{ ...rice, quantity: 3 }])).toEqual({ refused: 'money_not_left', leftFen: 5_600 });
});

test.each([
  [0, '零元整'],
  [5, '伍分'],
  [100, '壹元整'],
  [1_050, '壹拾元伍角'],
  [1_005, '壹拾元零伍分'],
  [1_234_560, '壹万贰仟叁佰肆拾伍元陆角'],
  [10_000_100, '壹拾万零壹元整'],
  [100_300_00, '壹拾万零叁佰元整'],
])('%i fen are %s in capitals', (fen, text) => {
  expect(capitalYuan(fen)).toBe(text);
});
