/** 问题台账 as a table: every state, every event. */
import { describe, expect, test } from 'vitest';
import { countProblems } from '../../src/problems/count-problems.ts';
import {
  decideStep,
  eventOf,
  nextState,
  PROBLEM_EVENTS,
  PROBLEM_STATES,
  type ProblemState,
  type ProblemStep,
} from '../../src/problems/decide-problem.ts';

const TODAY = '2026-10-10';

//                     assign      fix      pass       fail        close     defer
const TABLE: Record<ProblemState, (ProblemState | null)[]> = {
  found: ['assigned', null, null, null, null, 'long_term'],
  assigned: ['assigned', 'fixed', null, null, null, 'long_term'],
  fixed: [null, null, 'checked', 'assigned', null, null],
  checked: [null, null, null, 'assigned', 'closed', null],
  closed: [null, null, null, null, null, null],
  long_term: ['assigned', null, null, null, null, 'long_term'],
};

const STEPS: Record<(typeof PROBLEM_EVENTS)[number], ProblemStep> = {
  assign: { kind: 'assign', ownerId: 1, due: '2026-10-20' },
  fix: { kind: 'fix', note: '换了锁', photoCount: 0 },
  pass: { kind: 'check', isGood: true, note: '' },
  fail: { kind: 'check', isGood: false, note: '' },
  close: { kind: 'close' },
  defer: { kind: 'defer', review: '2027-01-10', note: '等资金' },
};

describe.each(PROBLEM_STATES)('from %s', (state) => {
  test.each(PROBLEM_EVENTS.map((event, place) => [event, TABLE[state][place] ?? null] as const))(
    '%s leads to %s',
    (event, expected) => {
      const step = STEPS[event];
      expect(eventOf(step)).toBe(event);
      expect(nextState(state, event)).toBe(expected);
      const problem = { state, ownerId: 1, fixedBy: 2 };
      expect(decideStep(step, { today: TODAY, personId: 9, problem, staff: new Set([1]) })).toEqual(
        expected ? { state: expected } : { refused: 'problem_step_impossible', state },
      );
    },
  );
});

describe('a step is refused', () => {
  const basis = { today: TODAY, personId: 9, staff: new Set([1]) };
  const problem = (state: ProblemState) => ({ state, ownerId: 1, fixedBy: 2 });

  test('where there is no such problem', () => {
    expect(decideStep(STEPS.close, { ...basis, problem: null })).toEqual({ refused: 'unknown_problem' });
  });

  test('when it goes to somebody who does not work there, or to a day that has passed', () => {
    const assign = (ownerId: number, due: string) =>
      decideStep({ kind: 'assign', ownerId, due }, { ...basis, problem: problem('found') });
    expect(assign(3, '2026-10-01')).toEqual({ refused: 'problem_owner_unknown' });
    expect(assign(1, '2026-10-09')).toEqual({ refused: 'problem_day_past', day: '2026-10-09' });
    expect(assign(1, TODAY)).toEqual({ state: 'assigned' });
    const defer = { kind: 'defer', review: TODAY, note: '等' } as const;
    expect(decideStep(defer, { ...basis, problem: problem('found') })).toEqual({
      refused: 'problem_day_past',
      day: TODAY,
    });
  });

  test('without proof that it is fixed, and one photo is proof', () => {
    const fix = (photoCount: number) =>
      decideStep({ kind: 'fix', note: '', photoCount }, { ...basis, problem: problem('assigned') });
    expect(fix(0)).toEqual({ refused: 'problem_proof_missing' });
    expect(fix(1)).toEqual({ state: 'fixed' });
  });

  test.each([1, 2])('by person %d, who owns it or reported the fix', (personId) => {
    for (const [step, state] of [
      [STEPS.pass, 'fixed'],
      [STEPS.close, 'checked'],
    ] as const) {
      expect(decideStep(step, { ...basis, personId, problem: problem(state) })).toEqual({
        refused: 'problem_second_person',
      });
    }
  });
});

test('what was found is open, closed or long-term, and only what has a day can be late', () => {
  const states: [ProblemState, string | null][] = [
    ['found', null],
    ['assigned', '2026-10-09'],
    ['assigned', TODAY],
    ['fixed', '2026-10-01'],
    ['checked', '2026-10-01'],
    ['closed', '2026-10-01'],
    ['long_term', '2026-10-05'],
  ];
  const counts = countProblems(
    states.map(([state, due]) => ({ state, due })),
    TODAY,
  );
  expect(counts).toEqual({
    found: 7,
    open: 5,
    closed: 1,
    longTerm: 1,
    unassigned: 1,
    unconfirmed: 2,
    overdue: 2,
    overdueDays: 5,
  });
  expect(counts.found).toBe(counts.open + counts.closed + counts.longTerm);
});
