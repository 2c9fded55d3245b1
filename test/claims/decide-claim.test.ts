/** Every state of a claim against everything that can happen to it; what is not listed cannot be. */
import { describe, expect, test } from 'vitest';
import {
  type ClaimEvent,
  type ClaimState,
  type ClaimStep,
  decideClaim,
  decideNeeds,
  decideOwnNeeds,
  nextStep,
} from '../../src/claims/decide-claim.ts';
import { decidePublicity } from '../../src/claims/decide-publicity.ts';
import { decideSeparation, type SeparationQuestion } from '../../src/claims/decide-separation.ts';

const EVENTS: ClaimEvent[] = ['pass', 'return', 'resubmit', 'withdraw', 'post', 'object', 'dismiss', 'uphold', 'clear'];
const STATES: ClaimState[] = [
  'submitted',
  'group_passed',
  'committee_heard',
  'committee_passed',
  'posted',
  'objected',
  'cleared',
  'returned',
  'withdrawn',
  'upheld',
];
const WHOLE: ClaimStep[] = ['group', 'committee', 'supervisor'];
const ALONE: ClaimStep[] = ['supervisor'];
const PASSED: Partial<Record<ClaimState, number>> = { submitted: 0, returned: 0, group_passed: 1, committee_heard: 2 };

const TABLE: Record<ClaimState, Partial<Record<ClaimEvent, ClaimState>>> = {
  submitted: { pass: 'group_passed', return: 'returned', withdraw: 'withdrawn' },
  group_passed: { pass: 'committee_heard', return: 'returned', withdraw: 'withdrawn' },
  committee_heard: { pass: 'committee_passed', return: 'returned', withdraw: 'withdrawn' },
  committee_passed: { post: 'posted', return: 'returned', withdraw: 'withdrawn' },
  posted: { object: 'objected', clear: 'cleared' },
  objected: { dismiss: 'posted', uphold: 'upheld' },
  cleared: { object: 'cleared', dismiss: 'cleared', uphold: 'upheld' },
  returned: { resubmit: 'submitted', withdraw: 'withdrawn' },
  withdrawn: {},
  upheld: {},
};

describe.each(STATES)('a claim that is %s', (state) => {
  test.each(EVENTS)('and %s', (event) => {
    const progress = { state, needs: WHOLE, passed: PASSED[state] ?? 3 };
    expect(decideClaim(progress, event)).toBe(TABLE[state][event] ?? null);
  });
});

test('where only the first secretary is needed the points are spendable with the last word, and nothing is posted', () => {
  expect(decideClaim({ state: 'submitted', needs: ALONE, passed: 0 }, 'pass')).toBe('cleared');
  expect(decideClaim({ state: 'cleared', needs: ALONE, passed: 1 }, 'object')).toBeNull();
  expect(nextStep({ state: 'submitted', needs: ALONE, passed: 0 })).toBe('supervisor');
  expect(nextStep({ state: 'cleared', needs: ALONE, passed: 1 })).toBeNull();
});

test('without the first secretary the committee’s word is the last', () => {
  const needs: ClaimStep[] = ['group', 'committee'];
  expect(decideClaim({ state: 'group_passed', needs, passed: 1 }, 'pass')).toBe('committee_passed');
});

const simple = {
  awardAboveCentipoints: 2_000,
  awardAboveFen: 6_000,
  fenPerPoint: 300,
  deductionAboveCentipoints: 1_000,
  reviewsEach: false,
};
const standard = { ...simple, reviewsEach: true };
const undecided = {
  ...simple,
  awardAboveCentipoints: null,
  awardAboveFen: null,
  deductionAboveCentipoints: null,
};
const dear = { ...simple, fenPerPoint: 500 };
const byYuanAlone = { ...dear, awardAboveCentipoints: null };

test.each([
  ['20 points in a simple village', 2_000, simple, []],
  ['20.5 points in a simple village', 2_050, simple, ['supervisor']],
  ['12 points, which are 60 yuan at 5 yuan a point', 1_200, dear, []],
  ['12.01 points, which are more than 60 yuan', 1_201, dear, ['supervisor']],
  ['12.5 points where only their worth counts', 1_250, byYuanAlone, ['supervisor']],
  ['a deduction of 10 at 5 yuan a point: its worth does not count', -1_000, dear, []],
  ['a deduction of 10 in a simple village', -1_000, simple, []],
  ['a deduction of 10.5 in a simple village', -1_050, simple, ['supervisor']],
  ['2 points in a standard village', 200, standard, ['group', 'committee']],
  ['30 points in a standard village', 3_000, standard, ['group', 'committee', 'supervisor']],
  ['300 points where nothing was decided', 30_000, undecided, []],
] as const)('%s', (_case, amount, terms, needs) => {
  expect(decideNeeds(amount, terms)).toEqual(needs);
});

test('what a household asks for itself is looked at by somebody in any case', () => {
  expect(decideOwnNeeds(200, undecided)).toEqual(['record']);
  expect(decideOwnNeeds(3_000, simple)).toEqual(['record', 'supervisor']);
  expect(decideOwnNeeds(200, standard)).toEqual(['group', 'committee']);
});

describe('who has no say in a line', () => {
  const line: SeparationQuestion = {
    step: 'committee',
    actor: { personId: 7, mayHandOut: false, relation: null },
    recordedBy: 1,
    passedBy: [2],
    waived: new Set(),
  };
  const own = { ...line.actor, relation: 'own' as const };
  const relative = { ...line.actor, relation: 'relative' as const };

  test.each([
    ['nothing stands against it', line, null],
    ['whoever hands out goods', { ...line, actor: { ...line.actor, mayHandOut: true } }, 'storekeeper_approves'],
    ['whoever recorded it', { ...line, recordedBy: 7 }, 'own_entry'],
    ['whoever agreed to it before', { ...line, passedBy: [7] }, 'second_approver'],
    ['the own household', { ...line, actor: own }, 'own_household'],
    ['a relative', { ...line, actor: relative }, 'relatives_household'],
    ['the record comes before the kin', { ...line, recordedBy: 7, actor: own }, 'own_entry'],
    ['a waiver of entries', { ...line, recordedBy: 7, waived: new Set(['own_entry'] as const) }, null],
    ['a waiver of two words', { ...line, passedBy: [7], waived: new Set(['second_approver'] as const) }, null],
    ['a waiver of relatives', { ...line, actor: own, waived: new Set(['relatives'] as const) }, null],
    [
      'no waiver for handing out',
      {
        ...line,
        actor: { ...line.actor, mayHandOut: true },
        waived: new Set(['own_entry', 'second_approver', 'relatives'] as const),
      },
      'storekeeper_approves',
    ],
  ] satisfies [string, SeparationQuestion, ReturnType<typeof decideSeparation>][])('%s', (_case, question, refused) => {
    expect(decideSeparation(question)).toBe(refused);
  });

  test('taking up what a household asked for is recording, which whoever hands out goods may do', () => {
    const question = { ...line, step: 'record' as const, actor: { ...line.actor, mayHandOut: true }, passedBy: [] };
    expect(decideSeparation(question)).toBeNull();
  });
});

describe('days on the board', () => {
  const terms = { publicityDays: 7, shortPublicityDays: 3, shortMostCentipoints: 500, objectionDaysAfter: 3 };
  const posted = (amountCentipoints: number, needsPublicity: boolean) =>
    decidePublicity({ amountCentipoints, needsPublicity }, terms, '2026-11-01');

  test('a small line hangs three whole days, and the day of posting is none of them', () => {
    expect(posted(500, false)).toEqual({ clearsOn: '2026-11-05', objectableUntil: '2026-11-07' });
  });

  test('a larger one, or one whose rule demands publicity, hangs seven', () => {
    expect(posted(550, false).clearsOn).toBe('2026-11-09');
    expect(posted(200, true).clearsOn).toBe('2026-11-09');
    expect(posted(-550, false).clearsOn).toBe('2026-11-09');
  });

  test('九道沟: three days to object and none after', () => {
    const own = { ...terms, publicityDays: 3, objectionDaysAfter: 0 };
    expect(decidePublicity({ amountCentipoints: 500, needsPublicity: true }, own, '2026-11-01').objectableUntil).toBe(
      '2026-11-04',
    );
  });
});
