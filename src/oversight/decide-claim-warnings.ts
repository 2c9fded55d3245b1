/** 预警 of what waits for the village's word: claims that nobody decided, and objections with the day by which they are answered. */
import type { Role } from '../people/index.ts';
import { addDays, daysBetween } from '../platform/clock.ts';
import type { WarningLevel } from './decide-warnings.ts';

export interface ClaimState {
  /** Days on which claims were filed that wait for somebody's word. */
  waiting: readonly string[];
  /** Days by which open objections are to be answered. */
  answersDue: readonly string[];
  claimBlueDays: number;
  claimYellowDays: number;
  claimRedDays: number;
  objectionYellowDays: number;
}

export type ClaimWarningCause = {
  code: 'claimsWait' | 'objectionsOpen';
  level: WarningLevel;
  count: number;
  /** Since the oldest claim was filed; until the first objection is to be answered, below nothing where that day has passed. */
  days: number;
};

export type ClaimWarning = ClaimWarningCause & { owner: Role; dueOn: string };

export function decideClaimWarnings(state: ClaimState, today: string): ClaimWarning[] {
  return [claims(state, today), objections(state, today)].filter((warning) => warning !== null);
}

function claims({ waiting, claimBlueDays, claimYellowDays, claimRedDays }: ClaimState, today: string) {
  const [oldest] = waiting.toSorted();
  if (oldest === undefined) return null;
  const days = daysBetween(oldest, today);
  if (days < claimBlueDays) return null;
  const level = days >= claimRedDays ? 'red' : days >= claimYellowDays ? 'yellow' : 'blue';
  const count = waiting.filter((day) => daysBetween(day, today) >= claimBlueDays).length;
  return { code: 'claimsWait', level, count, days, owner: 'leader', dueOn: addDays(oldest, claimYellowDays) } as const;
}

function objections({ answersDue, objectionYellowDays }: ClaimState, today: string) {
  const [first] = answersDue.toSorted();
  if (first === undefined) return null;
  const days = daysBetween(today, first);
  const level = days < 0 ? 'red' : days <= objectionYellowDays ? 'yellow' : 'blue';
  return { code: 'objectionsOpen', level, count: answersDue.length, days, owner: 'supervisor', dueOn: first } as const;
}
