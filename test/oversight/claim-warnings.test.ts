/** Claims that wait and objections that are open, day by day. */
import { expect, test } from 'vitest';
import { type ClaimState, decideClaimWarnings } from '../../src/oversight/decide-claim-warnings.ts';

const TODAY = '2026-11-22';
const NOTHING: ClaimState = {
  waiting: [],
  answersDue: [],
  claimBlueDays: 3,
  claimYellowDays: 7,
  claimRedDays: 14,
  objectionYellowDays: 2,
};

test.each<[string, Partial<ClaimState>, [code: string, level: string, count: number, days: number, dueOn: string][]]>([
  ['nothing', {}, []],
  ['a claim for two days', { waiting: ['2026-11-20'] }, []],
  ['for three', { waiting: ['2026-11-19', TODAY] }, [['claimsWait', 'blue', 1, 3, '2026-11-26']]],
  ['for seven', { waiting: ['2026-11-18', '2026-11-15'] }, [['claimsWait', 'yellow', 2, 7, '2026-11-22']]],
  ['for fourteen', { waiting: ['2026-11-08'] }, [['claimsWait', 'red', 1, 14, '2026-11-15']]],
  [
    'another village waits longer',
    { waiting: ['2026-11-15'], claimYellowDays: 8 },
    [['claimsWait', 'blue', 1, 7, '2026-11-23']],
  ],
  [
    'an objection with three days left',
    { answersDue: ['2026-11-25'] },
    [['objectionsOpen', 'blue', 1, 3, '2026-11-25']],
  ],
  ['with two', { answersDue: ['2026-11-24', '2026-11-29'] }, [['objectionsOpen', 'yellow', 2, 2, '2026-11-24']]],
  ['on its last day', { answersDue: [TODAY] }, [['objectionsOpen', 'yellow', 1, 0, TODAY]]],
  ['a day late', { answersDue: ['2026-11-21'] }, [['objectionsOpen', 'red', 1, -1, '2026-11-21']]],
])('%s', (_what, state, expected) => {
  const found = decideClaimWarnings({ ...NOTHING, ...state }, TODAY);
  expect(found.map(({ code, level, count, days, dueOn }) => [code, level, count, days, dueOn])).toEqual(expected);
});
