/** A stranger keeps the books of the shop from the leaves alone, and names the first entry that cannot be. */
import { expect, test } from 'vitest';
import { openBooks } from '../../src/audit/books.ts';
import { Found } from '../../src/audit/finding.ts';
import { parseLeaf } from '../../src/audit/parse-leaf.ts';
import type { LeafFacts } from '../../src/auditlog/index.ts';
import { makeEntry } from './made-log.ts';

const A = 'a'.repeat(32);
const occurred = '2026-02-01';
const soap = [{ code: 'WA003', price: 300, quantity: 1 }];

const BEGINNING: LeafFacts[] = [
  { type: 'village.open', opening: 10_000, rate: 300 },
  { type: 'points.open', acct: A, delta: 10_000, n: 1, occurred },
  { type: 'stock.in', source: 'purchase', goods: [{ code: 'WA003', quantity: 2, value: 800 }], occurred },
];
const hold = (more: LeafFacts = {}): LeafFacts => ({
  type: 'points.hold',
  acct: A,
  delta: -300,
  n: 2,
  goods: soap,
  until: '2026-02-16',
  occurred,
  ...more,
});
const giveBack = (cause: string | null, more: LeafFacts = {}): LeafFacts => ({
  type: 'points.reverse',
  of: 'points.hold',
  reverses: 3,
  acct: A,
  delta: 300,
  n: 3,
  occurred,
  ...(cause !== null && { cause }),
  ...more,
});
const fetched = (more: LeafFacts = {}): LeafFacts => ({
  type: 'points.redeem',
  acct: A,
  delta: -300,
  n: 4,
  goods: soap,
  hold: 3,
  occurred,
  ...more,
});
const count = (kind: string): LeafFacts => ({
  type: 'stocktake',
  kind,
  cursor: 3,
  counted: 1,
  surplusFen: 0,
  shortageFen: 0,
  occurred,
});
const handover = (stocktake: number): LeafFacts => ({
  type: 'handover',
  role: 'manager',
  stocktake,
  open: 0,
  occurred,
});
const added = { type: 'goods.add', item: 'V001', price: 500, contentHash: 'f'.repeat(64), occurred };
const renamed = { type: 'goods.rename', item: 'V001', contentHash: 'e'.repeat(64), occurred };
const waiting = { ...added, waits: true };
const approved = { type: 'goods.price', item: 'V001', price: 550, effective: occurred, method: 'first', occurred };
const wanted = { type: 'settings.change', values: { firstPriceNeedsSecond: true }, occurred };
const kettles = {
  type: 'stock.in',
  source: 'purchase',
  goods: [{ code: 'V001', quantity: 1, value: 1_500 }],
  occurred,
};

const kettleFor = (price: number): LeafFacts => ({
  type: 'points.redeem',
  acct: A,
  delta: -price,
  n: 2,
  goods: [{ code: 'V001', price, quantity: 1 }],
  occurred,
});

function keep(story: readonly LeafFacts[]): string | { centipoints: number; pieces: number } {
  const books = openBooks();
  try {
    for (const [index, facts] of [...BEGINNING, ...story].entries()) {
      books.enter(parseLeaf(makeEntry(facts, index), index), index);
    }
    const { centipoints, pieces } = books.totals();
    return { centipoints, pieces };
  } catch (error) {
    if (error instanceof Found) return error.message;
    throw error;
  }
}

test('goods and points that are kept, fetched or given back add up', () => {
  expect(keep([hold()])).toEqual({ centipoints: 9_700, pieces: 1 });
  expect(keep([hold(), giveBack('cancelled')])).toEqual({ centipoints: 10_000, pieces: 2 });
  expect(keep([hold(), giveBack('fetched'), fetched()])).toEqual({ centipoints: 9_700, pieces: 1 });
  expect(keep([count('handover'), handover(3)])).toMatchObject({ pieces: 2 });
  expect(keep([added, kettles])).toMatchObject({ pieces: 3 });
  expect(keep([wanted, waiting, kettles, approved, kettleFor(550)])).toEqual({ centipoints: 9_450, pieces: 2 });
});

test.each([
  ['its goods cost 300', [hold({ delta: -200 })]],
  ['keeps goods until a day that is over', [hold({ until: '2026-01-31' })]],
  ['leaves -1 pieces of WA003', [hold({ goods: [{ code: 'WA003', price: 100, quantity: 3 }] })]],
  ['does not say why goods are no longer kept', [hold(), giveBack(null)]],
  ['reversed before', [hold(), giveBack('cancelled'), giveBack('cancelled', { n: 4 })]],
  ['gives up goods that are kept until 2026-12-31', [hold({ until: '2026-12-31' }), giveBack('lapsed')]],
  ['no exchange follows', [hold(), giveBack('fetched'), count('monthly')]],
  ['did not give it back just before', [hold(), fetched({ n: 3 })]],
  ['did not give it back just before', [hold(), giveBack('cancelled'), fetched()]],
  [
    'hands out other goods than number 3 keeps',
    [hold(), giveBack('fetched'), fetched({ delta: -200, goods: [{ ...soap[0], price: 200 }] as LeafFacts[] })],
  ],
  ['was counted for something else', [count('monthly'), handover(3)]],
  ['was counted for something else', [count('handover'), handover(3), handover(3)]],
  ['which is no count', [handover(2)]],
  ['it adds V001, which was there before', [added, added]],
  ['it adds V001, which was there before', [kettles, added]],
  ['it renames GR001, which the village did not add', [{ ...renamed, item: 'GR001' }]],
  ['costs 500 since', [added, kettles, kettleFor(400)]],
  ['hands out V001, whose first price nobody has approved', [waiting, kettles, kettleFor(500)]],
  [
    'hands out V001, whose first price nobody has approved',
    [waiting, kettles, hold({ goods: [{ code: 'V001', price: 300, quantity: 1 }] })],
  ],
  ['costs 550 since', [waiting, kettles, approved, kettleFor(500)]],
  ['approves a first price of V001, which waits for none', [added, approved]],
  ['approves a first price of V001, which waits for none', [waiting, approved, approved]],
  ['prices V001 otherwise', [waiting, { ...approved, effective: '2026-02-02', method: 'hand' }]],
  ['for a day that has begun', [waiting, { ...approved, effective: '2026-01-31' }]],
  ['adds V001 without waiting for somebody to approve its first price', [wanted, added]],
] as [string, LeafFacts[]][])('found: %s', (found, story) => {
  expect(keep(story)).toContain(found);
});
