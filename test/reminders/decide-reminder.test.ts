/** 催改提醒 as a table: every state with every event, and when points may be taken. */
import { expect, test } from 'vitest';
import {
  decideClosing,
  decideGiving,
  decideGround,
  nextReminderState,
  REMINDER_EVENTS,
  REMINDER_STATES,
} from '../../src/reminders/decide-reminder.ts';

const WAYS = {
  standing: { deduct: 'applied', undo: null, close: 'closed' },
  applied: { deduct: null, undo: 'standing', close: null },
  closed: { deduct: null, undo: null, close: null },
} as const;

test.each(REMINDER_STATES.flatMap((state) => REMINDER_EVENTS.map((event) => [state, event] as const)))(
  'a reminder that is %s, and %s',
  (state, event) => {
    expect(nextReminderState(state, event)).toBe(WAYS[state][event]);
  },
);

const question = {
  number: '0010010001',
  name: '赵满仓',
  rule: { code: 'AD-ENV-08', isSafety: false },
  occurredOn: '2026-10-15',
  standing: { seq: 7, due: '2026-10-15' },
};

test.each([
  ['the village reminds nobody', {}, 0, {}],
  ['its day has come', {}, 7, { reminder: 7 }],
  ['it happened the day before', { occurredOn: '2026-10-14' }, 7, { refused: 'reminder_runs', until: '2026-10-15' }],
  ['nothing stands', { standing: null }, 7, { refused: 'reminder_needed', days: 7, rule: 'AD-ENV-08' }],
  ['a matter of safety', { standing: null, rule: { code: 'AD-LAW-04', isSafety: true } }, 7, { urgent: true }],
] as const)('a deduction: %s', (_, change, reminderDays, expected) => {
  const decided = decideGround({ ...question, ...change }, { reminderDays });
  expect(decided).toMatchObject(expected);
  expect(Object.keys(decided).length === 0).toBe(reminderDays === 0);
});

const basis = {
  today: '2026-10-08',
  terms: { reminderDays: 7 },
  card: { status: 'active' },
  rule: { pointsCentipoints: -200, isSafety: false },
  standing: null,
} as const;

test.each([
  [{}, { due: '2026-10-15' }],
  [{ terms: { reminderDays: 0 } }, { refused: 'reminders_off' }],
  [{ card: null }, { refused: 'unknown_card' }],
  [{ card: { status: 'frozen' } }, { refused: 'card_frozen' }],
  [{ rule: null }, { refused: 'unknown_rule' }],
  [{ rule: { pointsCentipoints: 200, isSafety: false } }, { refused: 'reminder_for_award' }],
  [{ rule: { pointsCentipoints: -200, isSafety: true } }, { refused: 'reminder_not_needed' }],
  [{ standing: { due: '2026-10-12' } }, { refused: 'reminder_stands', until: '2026-10-12' }],
] as const)('giving one where %o', (change, expected) => {
  expect(decideGiving({ number: '0010010001', rule: 'AD-ENV-08' }, { ...basis, ...change })).toMatchObject(expected);
});

test('only what stands is closed', () => {
  expect(decideClosing(null)).toEqual({ refused: 'unknown_reminder' });
  expect(decideClosing({ state: 'standing' })).toEqual({ state: 'closed' });
  expect(decideClosing({ state: 'applied' })).toEqual({ refused: 'reminder_decided', state: 'applied' });
});
