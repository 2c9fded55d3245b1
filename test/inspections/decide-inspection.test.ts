/** 五净一规范 as tables: every state and event of a visit, what marks come to, and who may go. */
import { describe, expect, test } from 'vitest';
import {
  judge,
  nextVisitState,
  refuseInspection,
  VISIT_EVENTS,
  VISIT_STATES,
  type VisitState,
} from '../../src/inspections/decide-inspection.ts';
import { decideRatings } from '../../src/inspections/decide-ratings.ts';
import { decideVisits } from '../../src/inspections/decide-visits.ts';
import { drawLots } from '../../src/platform/draw-lots.ts';

//                   plan       pass      fail
const TABLE: Record<VisitState, (VisitState | null)[]> = {
  unplanned: ['planned', null, null],
  planned: ['planned', 'passed', 'failed'],
  failed: ['planned', 'passed', 'failed'],
  passed: ['planned', null, null],
};

describe.each(VISIT_STATES)('a household that is %s', (state) => {
  test.each(VISIT_EVENTS.map((event, place) => [event, TABLE[state][place] ?? null] as const))(
    '%s: %s',
    (event, next) => {
      expect(nextVisitState(state, event)).toBe(next);
    },
  );
});

describe('marks', () => {
  const terms = { passMarks: 9, noZero: true };
  test.each([
    ['nine in all without a zero pass', [[2, 2, 2, 1, 1, 1]], 9, true],
    ['eight do not', [[2, 2, 1, 1, 1, 1]], 8, false],
    ['ten with a zero do not', [[2, 2, 2, 2, 2, 0]], 10, false],
    [
      'of three assessors the median of each item counts, so one alone decides nothing',
      [
        [2, 2, 2, 2, 2, 2],
        [2, 2, 2, 2, 2, 1],
        [0, 0, 0, 0, 0, 0],
      ],
      11,
      true,
    ],
    [
      'of two the lower one',
      [
        [2, 2, 2, 2, 2, 2],
        [1, 1, 1, 1, 1, 1],
      ],
      6,
      false,
    ],
  ])('%s', (_, marks, total, passed) => {
    expect(judge(marks, terms)).toMatchObject({ total, passed });
  });

  test('a village may let zeros pass', () => {
    expect(judge([[2, 2, 2, 2, 2, 0]], { passMarks: 9, noZero: false })).toMatchObject({ passed: true });
  });
});

describe('a result is refused, the first reason first', () => {
  const household = {
    number: '1',
    isClosed: false,
    state: 'planned',
    plan: { assessors: 1, plannedOn: '2026-10-01' },
  } as const;
  const basis = { today: '2026-10-10', items: 2, households: new Map([['1', household]]) };
  const line = { card: '1', marks: [[2, 2]] };
  const request = { occurredOn: '2026-10-10', revisit: '2026-10-20', lines: [line] };
  const shut = new Map([['1', { ...household, isClosed: true }]]);
  const passed = new Map([['1', { ...household, state: 'passed' as const }]]);
  test.each([
    ['date_in_future', { ...request, occurredOn: '2026-10-11' }, basis],
    ['unknown_card', { ...request, lines: [{ ...line, card: '2' }] }, basis],
    ['card_closed', request, { ...basis, households: shut }],
    ['visit_not_planned', request, { ...basis, households: passed }],
    ['visit_before_plan', { ...request, occurredOn: '2026-09-30' }, basis],
    ['marks_incomplete', { ...request, lines: [{ ...line, marks: [[2]] }] }, basis],
    ['marks_incomplete', { ...request, lines: [{ ...line, marks: [[2, 3]] }] }, basis],
    ['marks_incomplete', { ...request, lines: [{ ...line, marks: [] }] }, basis],
    ['revisit_day_past', { ...request, revisit: '2026-10-10' }, basis],
    [undefined, request, basis],
  ])('%s', (refused, asked, given) => {
    expect(refuseInspection(asked, given)?.refused).toBe(refused);
  });
});

describe('who goes', () => {
  const households = new Map([
    ['1', { pseudonym: 'a', headName: '甲', isClosed: false, kin: new Set(['乙']) }],
    ['2', { pseudonym: 'b', headName: '丙', isClosed: true, kin: new Set<string>() }],
  ]);
  const seed = '00'.repeat(16);
  const basis = {
    today: '2026-10-10',
    assessors: 2,
    households,
    draw: (pseudonym: string, names: readonly string[], count: number) =>
      drawLots(`${seed}:${pseudonym}`, names, count),
  };
  const request = { due: '2026-10-12', cards: ['1'], people: ['丁', '戊', '己'], isDrawn: true };

  test.each([
    ['visit_day_past', { ...request, due: '2026-10-09' }],
    ['no_card_chosen', { ...request, cards: [] }],
    ['unknown_card', { ...request, cards: ['9'] }],
    ['card_closed', { ...request, cards: ['2'] }],
    ['too_few_assessors', { ...request, people: ['丁', '丁'] }],
    ['assessor_is_kin', { ...request, people: ['丁', '甲'], isDrawn: false }],
    ['assessor_is_kin', { ...request, people: ['丁', '乙'], isDrawn: false }],
    ['too_few_without_kin', { ...request, people: ['丁', '甲', '乙'] }],
  ])('is refused: %s', (refused, asked) => {
    expect(decideVisits(asked, basis)).toMatchObject({ refused });
  });

  test('a draw leaves out family, and gives the same for the same seed', () => {
    const asked = { ...request, people: ['丁', '戊', '己', '庚', '甲', '乙'] };
    const one = decideVisits(asked, basis);
    expect(one).toEqual(decideVisits({ ...asked, people: asked.people.toReversed() }, basis));
    const drawn = 'visits' in one ? (one.visits[0]?.assessors ?? []) : [];
    expect(drawn).toHaveLength(2);
    expect(drawn.filter((name) => ['甲', '乙'].includes(name))).toEqual([]);
  });

  test('named people all go', () => {
    const named = decideVisits({ ...request, people: ['丁', '戊', '己'], isDrawn: false }, basis);
    expect('visits' in named && named.visits[0]?.assessors).toEqual(['丁', '戊', '己']);
  });
});

test('a month is rated by marks; who shares the best of a group shares it', () => {
  const rated = decideRatings(
    [
      { card: '1', name: '甲', groupName: '东', total: 12, seq: 1 },
      { card: '2', name: '乙', groupName: '东', total: 12, seq: 2 },
      { card: '3', name: '丙', groupName: '西', total: 11, seq: 3 },
      { card: '4', name: '丁', groupName: '西', total: 9, seq: 4 },
    ],
    { excellent: 12, good: 11 },
  );
  expect(rated.map(({ card, grade, isBestOfGroup }) => [card, grade, isBestOfGroup])).toEqual([
    ['1', 'excellent', true],
    ['2', 'excellent', true],
    ['3', 'good', true],
    ['4', 'pass', false],
  ]);
});
