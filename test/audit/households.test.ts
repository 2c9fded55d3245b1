/** A stranger keeps the books of households from the leaves alone, and names the first entry that cannot be. */
import { expect, test } from 'vitest';
import type { LeafFacts } from '../../src/auditlog/index.ts';
import { keep } from './made-log.ts';

const [A = '', B = '', C = ''] = ['a', 'b', 'c'].map((letter) => letter.repeat(32));

const FOUNDING = { type: 'village.open', opening: 10_000, rate: 300, earnedMonths: 24, openingMonths: 12 };
const opened = (acct: string) => ({ type: 'points.open', acct, delta: 10_000, n: 1, occurred: '2026-01-10' });
const award = (acct: string, n: number, delta = 300) => ({
  type: 'points.award',
  rule: 'AD-LAB-01',
  version: 1,
  occurred: '2026-02-01',
  acct,
  delta,
  n,
});
const out = (acct: string, n: number, delta: number) => ({
  type: 'points.transfer',
  cause: 'split',
  occurred: '2026-03-01',
  acct,
  delta: -delta,
  n,
});
const into = (acct: string, n: number, delta: number, aged = delta) => ({
  type: 'points.transfer',
  cause: 'split',
  occurred: '2026-03-01',
  acct,
  delta,
  n,
  pieces: [{ kind: 'opening', day: '2026-01-10', centipoints: aged }],
});
const about = (type: string, acct: string) => ({ type, acct, occurred: '2026-03-01' });
const split = { type: 'household.split', acct: C, from: A, occurred: '2026-03-01' };
const expire = (acct: string, n: number, delta: number, occurred: string) => {
  return { type: 'points.expire', occurred, acct, delta: -delta, n };
};

const BEGINNING: LeafFacts[] = [FOUNDING, opened(A), opened(B)];

test('a split, a merger, a recall, a settlement and an expiry hold', () => {
  const story: LeafFacts[] = [
    ...BEGINNING,
    award(A, 2),
    split,
    out(A, 3, 4000),
    into(C, 1, 4000),
    about('card.recall', B),
    about('card.replace', B),
    about('account.unfreeze', B),
    about('household.leave', B),
    about('account.freeze', B),
    { type: 'points.return', acct: B, delta: -10_000, n: 2, occurred: '2027-03-01' },
    about('account.close', B),
    expire(C, 2, 4000, '2027-01-10'),
    expire(A, 4, 6000, '2027-01-10'),
    { type: 'points.transfer', cause: 'merge', acct: A, delta: -300, n: 5, occurred: '2027-04-01' },
    {
      type: 'points.transfer',
      cause: 'merge',
      acct: C,
      delta: 300,
      n: 3,
      occurred: '2027-04-01',
      pieces: [{ kind: 'earned', day: '2026-02-01', centipoints: 300 }],
    },
    { type: 'household.merge', acct: A, into: C, occurred: '2027-04-01' },
    expire(C, 4, 300, '2028-02-01'),
  ];
  expect(keep(story)).toEqual({ centipoints: 0 });
});

test.each<[string, LeafFacts[], string]>([
  ['an award on a frozen card', [about('account.freeze', A), award(A, 2)], 'which is frozen'],
  ['a card frozen twice', [about('account.freeze', A), about('account.freeze', A)], 'which is frozen'],
  ['a card unfrozen that was in use', [about('account.unfreeze', A)], 'not frozen'],
  [
    'a closed account that earns',
    [about('account.freeze', C), about('account.close', C), award(C, 1)],
    'which is closed',
  ],
  ['a card closed with points', [about('account.close', A)], 'still holds points'],
  ['points that leave and reach nobody', [out(A, 2, 100), award(B, 2)], 'should come in'],
  ['points that come from nowhere', [split, into(C, 1, 100)], 'none went out'],
  ['more points that come in than went out', [split, out(A, 2, 100), into(C, 1, 101)], '100 went out and 101 come in'],
  ['points that go in a circle', [out(A, 2, 100), into(A, 3, 100)], 'not from another household'],
  ['points that come in without their days', [split, out(A, 2, 100), into(C, 1, 100, 99)], 'the days of 99 of 100'],
  ['a split off an account that was there', [{ ...split, acct: B }], 'was there before'],
  ['a merger that leaves points', [{ type: 'household.merge', acct: A, into: B }], 'still holds points'],
  ['points taken from a card in use', [{ type: 'points.return', acct: A, delta: -10_000, n: 2 }], 'an account in use'],
  [
    'a rest that is left behind',
    [about('account.freeze', A), { type: 'points.return', acct: A, delta: -1, n: 2 }],
    'leaves points',
  ],
  ['points that expire a day early', [expire(A, 2, 10_000, '2027-01-09')], '10000 hundredths expire, but 0'],
  ['points that expire in part', [expire(A, 2, 9_999, '2027-01-10')], '9999 hundredths expire, but 10000'],
  ['earned points that expire with the others', [award(A, 2), expire(A, 3, 10_300, '2027-01-10')], 'but 10000'],
])('%s is named', (_, acts, sentence) => {
  const found = keep([...BEGINNING, ...acts]);
  expect(found).toContain(sentence);
  expect(found).toMatch(new RegExp(`^${BEGINNING.length + acts.length - 1}: `));
});

const deduct = (acct: string, n: number, delta: number, beyond?: number) => ({
  type: 'points.deduct',
  rule: 'AD-LAW-03',
  version: 1,
  occurred: '2026-02-01',
  acct,
  delta: -delta,
  n,
  ...(beyond !== undefined && { beyond }),
});
const settled = (most: number | null) => ({
  type: 'settings.change',
  values: { unsettledMostCentipoints: most },
  at: '2026-01-11T00:00:00.000Z',
});
const spend = (acct: string, n: number, delta: number) => {
  return { type: 'points.redeem', goods: [{ code: 'GR001', price: delta, quantity: 1 }], acct, delta: -delta, n };
};
const goods = { type: 'stock.in', source: 'donation', goods: [{ code: 'GR001', quantity: 9, value: 1 }] };
const back = (of: string, reverses: number, acct: string, n: number, delta: number) => {
  return { type: 'points.reverse', of, reverses, acct, n, delta, occurred: '2026-02-01' };
};
const owed = (acct: string, n: number, delta: number) => ({
  type: 'points.transfer',
  cause: 'merge',
  owed: true,
  occurred: '2026-03-01',
  acct,
  delta,
  n,
  ...(delta > 0 && { pieces: [{ kind: 'earned', day: '2026-03-01', centipoints: delta }] }),
});

test('deductions that are owed, settled, owed again and taken over hold', () => {
  const story: LeafFacts[] = [
    ...BEGINNING,
    settled(2_000),
    deduct(A, 2, 11_000),
    award(A, 3),
    back('points.award', 5, A, 4, -300),
    deduct(A, 5, 1_000, 500),
    award(A, 6),
    back('points.deduct', 4, A, 7, 11_000),
    deduct(A, 8, 11_000),
    owed(B, 2, -1_700),
    owed(A, 9, 1_700),
    { type: 'household.merge', acct: A, into: B, occurred: '2026-03-01' },
  ];
  expect(keep(story)).toEqual({ centipoints: 8_300 });
});

test.each<[string, LeafFacts[], string]>([
  ['a deduction of more than there is', [deduct(A, 2, 10_001)], 'with -1 hundredths'],
  ['one where the village lets nobody owe any more', [settled(2_000), settled(null), deduct(A, 2, 10_001)], 'with -1'],
  ['one that goes too far', [settled(2_000), deduct(A, 2, 12_001)], 'no more than 2000 may be owed'],
  ['one that leaves what was there', [settled(2_000), deduct(A, 2, 11_999, 1)], 'there was more to take'],
  ['an exchange of more than there is', [settled(2_000), goods, spend(A, 2, 10_001)], 'with -1 hundredths'],
  [
    'an award that is taken back although it was spent',
    [settled(2_000), goods, award(A, 2), spend(A, 3, 10_200), back('points.award', 5, A, 4, -300)],
    'of which 200 were spent',
  ],
  [
    'more taken over than is owed',
    [settled(2_000), deduct(A, 2, 10_100), owed(B, 2, -200), owed(A, 3, 200)],
    'something else than what the account owes',
  ],
])('%s is named', (_, acts, sentence) => {
  expect(keep([...BEGINNING, ...acts])).toContain(sentence);
});

/** Red, and points are stopped: 200 points at 3 yuan are promised against nine pieces. */
const stopped = { type: 'settings.change', values: { redStopsAwards: true, solvencyRedPercent: 100 } };
const onDay = (facts: LeafFacts, at: string) => ({ ...facts, at: `2026-01-${at}.000Z`, occurred: '2026-01-10' });
const shelf = (value: number) => ({ ...goods, goods: [{ code: 'GR001', quantity: 9, value }] });
const lifted = (until: string) => ({ type: 'duties.waive', duties: ['solvency_stop'], until });
const waited = { claim: 'ABCDEFGHJKLMNPQR', acct: A };

test.each<[string, LeafFacts[], boolean]>([
  ['given at once', [onDay(stopped, '11T00:00:00'), onDay(award(A, 2), '11T00:01:01')], true],
  ['under way when it was decided', [onDay(stopped, '11T00:00:00'), onDay(award(A, 2), '11T00:01:00')], false],
  [
    'given while the township allows it',
    [onDay(stopped, '11T00:00:00'), onDay(lifted('2026-01-10'), '11T00:00:01'), onDay(award(A, 2), '12T00:00:00')],
    false,
  ],
  [
    'given after the township allowed it',
    [onDay(stopped, '11T00:00:00'), onDay(lifted('2026-01-09'), '11T00:00:01'), onDay(award(A, 2), '12T00:00:00')],
    true,
  ],
  [
    'given with enough on the shelf',
    [onDay(shelf(10_000), '10T00:00:00'), onDay(stopped, '11T00:00:00'), onDay(award(A, 2), '12T00:00:00')],
    false,
  ],
  [
    'given with too little on the shelf',
    [onDay(shelf(6_000), '10T00:00:00'), onDay(stopped, '11T00:00:00'), onDay(award(A, 2), '12T00:00:00')],
    true,
  ],
  [
    'given by the last word',
    [
      onDay(stopped, '11T00:00:00'),
      onDay({ type: 'claim.submit', ...waited }, '12T00:00:00'),
      onDay({ type: 'claim.pass', ...waited, step: 'supervisor' }, '12T00:00:01'),
      onDay({ ...award(A, 2), claim: waited.claim }, '12T00:00:01'),
    ],
    true,
  ],
  [
    'cleared, and given before',
    [
      onDay({ type: 'claim.submit', ...waited }, '10T00:00:00'),
      onDay({ type: 'claim.pass', ...waited, step: 'group' }, '10T00:00:01'),
      onDay({ type: 'claim.pass', ...waited, step: 'committee' }, '10T00:00:02'),
      onDay({ ...award(C, 1), type: 'points.pend', claim: waited.claim }, '10T00:00:02'),
      onDay(
        {
          type: 'claim.post',
          sheet: 1,
          lines: [{ claim: waited.claim, clears: '2026-01-11', until: '2026-01-12' }],
        },
        '10T00:00:03',
      ),
      onDay(stopped, '10T00:00:04'),
      {
        ...onDay({ type: 'points.clear', claim: waited.claim, acct: C, delta: -300, n: 2 }, '12T00:00:00'),
        occurred: '2026-01-12',
      },
      {
        ...onDay({ ...award(A, 2), claim: waited.claim, earned: '2026-01-10' }, '12T00:00:00'),
        occurred: '2026-01-12',
      },
    ],
    false,
  ],
  ['taken', [onDay(stopped, '11T00:00:00'), onDay(deduct(A, 2, 300), '12T00:00:00')], false],
])('where red stops new points, some that are %s', (_, acts, isFound) => {
  const found = keep([...BEGINNING, ...acts]);
  if (isFound) expect(found).toContain('the village is red and stops them');
  else expect(found).not.toEqual(expect.any(String));
});

test('a village that set no months expires nothing', () => {
  const founding = { type: 'village.open', opening: 10_000, rate: 300 };
  expect(keep([founding, opened(A), expire(A, 2, 10_000, '2040-01-01')])).toContain('but 0 are too old');
});
