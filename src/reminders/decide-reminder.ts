/**
 * 催改提醒: before points are taken a household is told in writing what is the matter, and has days to put it right.
 *
 *   standing  given; from its day on (`due`) a deduction by the same rule may follow
 *   applied   a deduction was recorded on it, or waits for the village's word
 *   closed    put right (销号): nothing is deducted on it any more
 *
 * standing -deduct→ applied -undo→ standing (the deduction was reversed, returned for good or withdrawn); standing -close→ closed.
 */
import { addDays } from '../platform/clock.ts';

export const REMINDER_STATES = ['standing', 'applied', 'closed'] as const;

export type ReminderState = (typeof REMINDER_STATES)[number];

export const REMINDER_EVENTS = ['deduct', 'undo', 'close'] as const;

export type ReminderEvent = (typeof REMINDER_EVENTS)[number];

const WAYS: Readonly<Record<ReminderState, Readonly<Partial<Record<ReminderEvent, ReminderState>>>>> = {
  standing: { deduct: 'applied', close: 'closed' },
  applied: { undo: 'standing' },
  closed: {},
};

/** The state after it, or null where it cannot happen. */
export function nextReminderState(state: ReminderState, event: ReminderEvent): ReminderState | null {
  return WAYS[state][event] ?? null;
}

export interface ReminderTerms {
  /** How many days a household has; 0: the village reminds nobody, and deducts at once. */
  reminderDays: number;
}

/** What a deduction is recorded on. */
export type DeductionGround = { reminder: number } | { urgent: true } | Record<never, never>;

export type DeductionRefusal =
  | { refused: 'reminder_needed'; number: string; name: string; rule: string; days: number }
  | { refused: 'reminder_runs'; number: string; name: string; until: string };

export interface DeductionQuestion {
  number: string;
  name: string;
  rule: { code: string; isSafety: boolean };
  /** The day on which it happened: what was before the household's days were over is no reason. */
  occurredOn: string;
  /** Of this household and this rule. */
  standing: { seq: number; due: string } | null;
}

/** Whether points may be taken now; a matter of safety waits for nobody. */
export function decideGround(
  { number, name, rule, occurredOn, standing }: DeductionQuestion,
  { reminderDays }: ReminderTerms,
): DeductionRefusal | DeductionGround {
  if (reminderDays === 0) return {};
  if (rule.isSafety) return { urgent: true };
  if (!standing) return { refused: 'reminder_needed', number, name, rule: rule.code, days: reminderDays };
  if (occurredOn < standing.due) return { refused: 'reminder_runs', number, name, until: standing.due };
  return { reminder: standing.seq };
}

/** In order of precedence. */
export type GivingRefusal =
  | { refused: 'reminders_off' }
  | { refused: 'unknown_card'; number: string }
  | { refused: 'card_not_open' | 'card_frozen' | 'card_closed'; number: string }
  | { refused: 'unknown_rule'; rule: string }
  | { refused: 'reminder_for_award' }
  | { refused: 'reminder_not_needed' }
  | { refused: 'reminder_stands'; until: string };

export interface GivingBasis {
  today: string;
  terms: ReminderTerms;
  card: { status: 'registered' | 'active' | 'frozen' | 'closed' } | null;
  rule: { pointsCentipoints: number; isSafety: boolean } | null;
  standing: { due: string } | null;
}

const NOT_OPEN = { registered: 'card_not_open', frozen: 'card_frozen', closed: 'card_closed' } as const;

/** The first day on which a deduction may follow. */
export function decideGiving(
  { number, rule: code }: { number: string; rule: string },
  { today, terms, card, rule, standing }: GivingBasis,
): GivingRefusal | { due: string } {
  if (terms.reminderDays === 0) return { refused: 'reminders_off' };
  if (!card) return { refused: 'unknown_card', number };
  if (card.status !== 'active') return { refused: NOT_OPEN[card.status], number };
  if (!rule) return { refused: 'unknown_rule', rule: code };
  if (rule.pointsCentipoints > 0) return { refused: 'reminder_for_award' };
  if (rule.isSafety) return { refused: 'reminder_not_needed' };
  if (standing) return { refused: 'reminder_stands', until: standing.due };
  return { due: addDays(today, terms.reminderDays) };
}

export type ClosingRefusal = { refused: 'unknown_reminder' } | { refused: 'reminder_decided'; state: ReminderState };

export function decideClosing(reminder: { state: ReminderState } | null): ClosingRefusal | { state: ReminderState } {
  if (!reminder) return { refused: 'unknown_reminder' };
  const state = nextReminderState(reminder.state, 'close');
  return state ? { state } : { refused: 'reminder_decided', state: reminder.state };
}
