/** 评先 as a table: every state, every event; and who decides. */
import { describe, expect, test } from 'vitest';
import {
  nextRoundState,
  ROUND_EVENTS,
  ROUND_STATES,
  type RoundState,
  refuseNomination,
  refuseOpening,
  refuseResult,
  refuseWithdrawal,
  starsOf,
} from '../../src/honours/decide-honour.ts';

const TODAY = '2026-10-10';

//                          nominate  decide     abandon      withdraw
const TABLE: Record<RoundState, (RoundState | null)[]> = {
  open: ['open', 'decided', 'abandoned', null],
  decided: [null, null, null, 'decided'],
  abandoned: [null, null, null, null],
};

describe.each(ROUND_STATES)('a round that is %s', (state) => {
  test.each(ROUND_EVENTS.map((event, place) => [event, TABLE[state][place] ?? null] as const))(
    '%s leads to %s',
    (event, expected) => expect(nextRoundState(state, event)).toBe(expected),
  );
});

test('nominations end on a day that has not passed, by a rule that is for honours', () => {
  const basis = { today: TODAY, isHonourRule: true };
  expect(refuseOpening({ closes: TODAY }, basis)).toBeNull();
  expect(refuseOpening({ closes: '2026-10-09' }, basis)).toEqual({ refused: 'honour_day_past', day: '2026-10-09' });
  expect(refuseOpening({ closes: TODAY }, { ...basis, isHonourRule: false })).toEqual({
    refused: 'not_an_honour_rule',
  });
});

const round = { state: 'open', closes: TODAY, isOfPerson: false } as const;
const card = { headName: '王建国', isActive: true, isNominated: false };
const wish = { number: '0010010004', member: '' };

test.each([
  ['is taken on the last day', {}, {}, null],
  ['is late a day after', { round: { ...round, closes: '2026-10-09' } }, {}, 'nominations_over'],
  ['is none in a round that has ended', { round: { ...round, state: 'decided' as const } }, {}, 'round_ended'],
  ['is none in no round', { round: null }, {}, 'unknown_round'],
  ['needs a card', { card: null }, {}, 'unknown_card'],
  ['needs a card in use', { card: { ...card, isActive: false } }, {}, 'honour_needs_open_card'],
  ['comes once', { card: { ...card, isNominated: true } }, {}, 'nominated_already'],
  ['names a person where the honour is one’s', { round: { ...round, isOfPerson: true } }, {}, 'honour_names_a_person'],
  ['with the name it is taken', { round: { ...round, isOfPerson: true } }, { member: '李小妹' }, null],
])('a nomination %s', (_what, basis, request, refused) => {
  const answer = refuseNomination({ ...wish, ...request }, { today: TODAY, round, card, ...basis });
  expect(answer?.refused ?? null).toBe(refused);
});

const actor = { personId: 1, mayHandOut: false, waived: new Set<'own_entry' | 'relatives'>() };
const household = { name: '王建国', nominatedBy: 2, relation: null };

test.each([
  ['by somebody else', {}, {}, {}, null],
  ['before the nominations end', { round: { ...round, closes: '2026-10-11' } }, {}, {}, 'nominations_go_on'],
  ['of nobody', { chosen: [] }, {}, {}, 'nobody_honoured'],
  ['of somebody who was not nominated', { chosen: [null] }, {}, {}, 'unknown_nomination'],
  ['by whoever nominated', {}, { nominatedBy: 1 }, {}, 'own_entry'],
  [
    'by whoever nominated, where the township lets it',
    {},
    { nominatedBy: 1 },
    { waived: new Set(['own_entry'] as const) },
    null,
  ],
  ['of the own household', {}, { relation: 'own' as const }, {}, 'own_household'],
  ['of relatives', {}, { relation: 'relative' as const }, {}, 'relatives_household'],
  ['by whoever hands out the goods', {}, {}, { mayHandOut: true }, 'storekeeper_approves'],
  ['of a round that was abandoned', { round: { ...round, state: 'abandoned' as const } }, {}, {}, 'round_ended'],
])('a result %s', (_what, basis, about, who, refused) => {
  const chosen = [{ ...household, ...about }];
  const answer = refuseResult({ today: TODAY, round, chosen, actor: { ...actor, ...who }, ...basis });
  expect(answer?.refused ?? null).toBe(refused);
});

test('an honour is withdrawn once, also by whoever nominated, but not by kin', () => {
  const given = { ...household, nominatedBy: 1, isWithdrawn: false };
  expect(refuseWithdrawal(given, actor)).toBeNull();
  expect(refuseWithdrawal(null, actor)).toEqual({ refused: 'unknown_honour' });
  expect(refuseWithdrawal({ ...given, isWithdrawn: true }, actor)?.refused).toBe('honour_withdrawn_already');
  expect(refuseWithdrawal({ ...given, relation: 'relative' }, actor)?.refused).toBe('relatives_household');
});

test.each([
  [0, 0],
  [1_999, 0],
  [2_000, 1],
  [3_999, 1],
  [4_000, 2],
  [20_000, 10],
  [99_999_999, 10],
])('%i hundredths of honour are %i stars', (centipoints, stars) => {
  expect(starsOf(centipoints, 2_000)).toBe(stars);
});
