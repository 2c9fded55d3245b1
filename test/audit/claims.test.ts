/** What the verifier from outside says of claims, told by entries that were made up for it. */
import { expect, test } from 'vitest';
import { openBooks } from '../../src/audit/books.ts';
import type { Leaf } from '../../src/audit/leaf.ts';

const CARD = 'a'.repeat(32);
const WAITING = 'b'.repeat(32);
const CLAIM = 'ABCDEFGHJKLMNPQR';
const OBJECTION = 'RQPNMLKJHGFEDCBA';

type Told = Partial<Leaf> & Pick<Leaf, 'type'>;

const rule = { rule: 'R', version: 1 };
const about = { acct: CARD, claim: CLAIM };
const submit: Told = { type: 'claim.submit', ...about };
const pass: Told = { type: 'claim.pass', ...about };
const pend: Told = { type: 'points.pend', acct: WAITING, delta: 200, n: 1, claim: CLAIM, ...rule };
const post: Told = {
  type: 'claim.post',
  sheet: 1,
  lines: [{ claim: CLAIM, clears: '2026-10-05', until: '2026-10-07' }],
};
const clear: Told = { type: 'points.clear', acct: WAITING, delta: -200, n: 2, claim: CLAIM, occurred: '2026-10-05' };
const award: Told = {
  type: 'points.award',
  ...about,
  ...rule,
  delta: 200,
  n: 2,
  occurred: '2026-10-05',
  earned: '2026-10-01',
};
const object: Told = { type: 'objection.file', ...about, objection: OBJECTION };
const answer: Told = { type: 'objection.answer', ...about, objection: OBJECTION, outcome: 'upheld' };
const back: Told = { type: 'points.reverse', acct: WAITING, delta: -200, n: 2, of: 'points.pend' };
const open: Told[] = [{ type: 'village.open' }, { type: 'points.open', acct: CARD, delta: 10_000, n: 1 }];
const posted = [...open, submit, pass, pass, pend, post];

/** 3 yuan a point become 7: 100 points of the card and 2 in publicity are 42.86 and 0.86. */
const sums = { opening: 4_286, before: 10_200, after: 4_372, rounding: 4_372 * 700 - 10_200 * 300 };
const rate: Told = { type: 'rate.change', was: 300, rate: 700, ...sums };
const convertCard: Told = { type: 'points.convert', acct: CARD, was: 300, rate: 700, delta: 4_286 - 10_000, n: 2 };
const convertWaiting: Told = { type: 'points.convert', acct: WAITING, was: 300, rate: 700, delta: 86 - 200, n: 2 };
const convertLine: Told = { type: 'claim.convert', ...about, was: 300, rate: 700 };
const yuan: Told[] = posted.map((told) => (told.type === 'village.open' ? { ...told, rate: 300 } : told));
const changed = [...yuan, rate, convertCard, convertWaiting, convertLine];
const clearLess: Told = { ...clear, delta: -86, n: 3 };
const awardLess: Told = { ...award, delta: 86, n: 3 };
const settlePending: Told = { type: 'points.settle', acct: WAITING, claim: CLAIM, delta: -86, n: 3 };
/** Cleared at 3 yuan, doubted, and then a point is worth 7. */
const laterChange: Told[] = [
  { ...rate, ...sums },
  { ...convertCard, delta: 4_372 - 10_200, n: 3 },
];
const late: Told[] = [...yuan, clear, award, { ...object, occurred: '2026-10-06' }, ...laterChange];
const settleAward: Told = { type: 'points.settle', ...about, delta: -86, n: 4 };

/** The first thing that is wrong; null when nothing is. */
function fault(story: readonly Told[]): string | null {
  const books = openBooks();
  try {
    story.forEach((told, index) => {
      const leaf = {
        v: 1,
        id: `A${index}`,
        at: '2026-10-01T00:00:00.000Z',
        occurred: '2026-10-01',
        commit: [],
        ...told,
      };
      books.enter(leaf as Leaf, index);
    });
    return null;
  } catch (error) {
    return (error as { finding?: { sentence?: string } }).finding?.sentence ?? (error as Error).message;
  }
}

test.each<[string, Told[]]>([
  ['posted for its days and cleared', [...posted, clear, award]],
  ['approved by one word alone', [...open, submit, pass, { ...award, occurred: '2026-10-02' }]],
  ['objected to and upheld', [...posted, object, { ...back, reverses: 5 }, answer]],
  ['converted in publicity and cleared', [...changed, clearLess, awardLess]],
  ['converted in publicity and not upheld by the village', [...changed, object, settlePending, answer]],
  ['cleared and taken back at another rate', [...late, settleAward, answer]],
  ['returned and submitted again', [...open, submit, { type: 'claim.return', ...about }, submit]],
])('a claim that was %s holds', (_case, story) => {
  expect(fault(story)).toBeNull();
});

test.each<[string, Told[]]>([
  ['was cleared before its days were full', [...posted, clear, { ...award, occurred: '2026-10-04' }]],
  ['was cleared while somebody objects', [...posted, object, clear, award]],
  ['was cleared and reached nobody', [...posted, clear, pass]],
  ['was cleared twice', [...posted, clear, award, { ...clear, n: 3 }, { ...award, n: 3 }]],
  ['became more than it was', [...posted, clear, { ...award, delta: 300 }]],
  ['became points without a word', [...open, submit, award]],
  ['became somebody else’s points', [...posted, clear, { ...award, acct: 'c'.repeat(32), n: 1 }]],
  ['came into publicity after one word', [...open, submit, pass, pend]],
  ['was spent in publicity', [...posted, { type: 'points.redeem', acct: WAITING, delta: -200, n: 2, goods: [] }]],
  ['was taken out of publicity without a word', [...posted, object, { ...back, reverses: 5 }, pass]],
  ['was objected to too late', [...posted, { ...object, occurred: '2026-10-08' }]],
  ['was left out when a point became worth something else', [...yuan, rate, convertCard, convertWaiting, pass]],
  ['was converted twice', [...changed, convertLine]],
  ['was converted and cleared as it was', [...changed, { ...clear, n: 3 }, award]],
  ['became more than it was converted to', [...changed, clearLess, { ...awardLess, delta: 87 }]],
  ['was converted and left publicity without a word', [...changed, object, settlePending, pass]],
  ['was taken back as it was at another rate', [...late, { ...settleAward, delta: -200 }, answer]],
  ['was settled although no rate changed', [...posted, object, { ...settlePending, delta: -200, n: 2 }, answer]],
  ['was settled although nobody doubts it', [...yuan, clear, award, ...laterChange, settleAward, answer]],
  ['nobody submitted', [...open, pass]],
  ['was submitted twice', [...open, submit, submit]],
  ['stands on the wrong sheet', [...open, submit, pass, pass, pend, { ...post, sheet: 2 }]],
])('a claim that %s is found', (_case, story) => {
  expect(fault(story)).not.toBeNull();
});
