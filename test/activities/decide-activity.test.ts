/** 集体活动 as a table: every state, every event; and what is refused. */
import { describe, expect, test } from 'vitest';
import { readMembers } from '../../src/activities/activity-form.ts';
import {
  ACTIVITY_EVENTS,
  ACTIVITY_STATES,
  type ActivityState,
  nextActivityState,
  refuseActivityAward,
  refuseRecording,
} from '../../src/activities/decide-activity.ts';

const TODAY = '2026-10-10';

//                           award      undo
const TABLE: Record<ActivityState, (ActivityState | null)[]> = {
  free: [null, null],
  waiting: ['awarded', null],
  awarded: [null, 'waiting'],
};

describe.each(ACTIVITY_STATES)('an activity that is %s', (state) => {
  test.each(ACTIVITY_EVENTS.map((event, place) => [event, TABLE[state][place] ?? null] as const))(
    '%s leads to %s',
    (event, expected) => expect(nextActivityState(state, event)).toBe(expected),
  );
});

const request = { occurredOn: TODAY, cards: ['1'], members: new Map<string, string>(), rule: 'A' };
const basis = { today: TODAY, cards: new Map([['1', { isClosed: false }]]), givesPoints: true, strangers: [] };
const stranger = { refused: 'nobody_registered_so', number: '1', name: '赵满仓', person: '李小妹' } as const;

test.each([
  ['is taken', {}, {}, null],
  ['waits until it is over', { occurredOn: '2026-10-11' }, {}, 'activity_in_future'],
  ['needs somebody who came', { cards: [] }, {}, 'nobody_came'],
  ['knows its cards', { cards: ['1', '2'] }, {}, 'unknown_card'],
  ['leaves out who has left', {}, { cards: new Map([['1', { isClosed: true }]]) }, 'card_closed'],
  ['names only people of who came', { members: new Map([['2', '李小妹']]) }, {}, 'member_did_not_come'],
  ['has a rule that gives points', {}, { givesPoints: false }, 'unknown_rule'],
  ['or none', { rule: null }, { givesPoints: false }, null],
  ['names nobody who is not registered', {}, { strangers: [stranger] }, 'nobody_registered_so'],
])('a record %s', (_what, asked, known, refused) => {
  expect(refuseRecording({ ...request, ...asked }, { ...basis, ...known })?.refused ?? null).toBe(refused);
});

test.each([
  ['of none', null, 3, 'unknown_activity'],
  ['without a rule', { state: 'free' as const }, 3, 'activity_without_rule'],
  ['a second time', { state: 'awarded' as const }, 3, 'activity_awarded'],
  ['that reaches nobody', { state: 'waiting' as const }, 0, 'nobody_to_award'],
  ['once', { state: 'waiting' as const }, 3, null],
])('an award %s', (_what, activity, able, refused) => {
  expect(refuseActivityAward(activity, able)?.refused ?? null).toBe(refused);
});

test('who came by name is read line by line', () => {
  expect(readMembers('0010010001 李小妹、王小明\n\n赵满仓，赵大')).toEqual([
    { line: 1, household: '0010010001', names: '李小妹、王小明' },
    { line: 3, household: '赵满仓', names: '赵大' },
  ]);
  expect(readMembers('0010010001 李小妹\n赵大')).toEqual({ wrongLine: 2 });
});
