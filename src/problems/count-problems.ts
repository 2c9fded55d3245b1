import { daysBetween } from '../platform/clock.ts';
import type { ProblemState } from './decide-problem.ts';

/** What was found is open, closed or long-term: the three add up. */
export interface ProblemCounts {
  found: number;
  open: number;
  closed: number;
  longTerm: number;
  /** Of the open ones: nobody has it in hand. */
  unassigned: number;
  /** Of the open ones: it is said to be fixed, and waits for a second person. */
  unconfirmed: number;
  /** Of the open and the long-term ones: its day has passed. */
  overdue: number;
  /** The longest of these, in days. */
  overdueDays: number;
}

/** `due` is the day by which it is to be fixed, or looked at again. */
export function countProblems(
  problems: readonly { state: ProblemState; due: string | null }[],
  today: string,
): ProblemCounts {
  const late = problems.filter((problem) => isOverdue(problem, today));
  const count = (...states: ProblemState[]) => problems.filter(({ state }) => states.includes(state)).length;
  return {
    found: problems.length,
    open: count('found', 'assigned', 'fixed', 'checked'),
    closed: count('closed'),
    longTerm: count('long_term'),
    unassigned: count('found'),
    unconfirmed: count('fixed', 'checked'),
    overdue: late.length,
    overdueDays: Math.max(0, ...late.map(({ due }) => daysBetween(due ?? today, today))),
  };
}

/** A fixed one waits for somebody else's look, which has no day. */
export function isOverdue({ state, due }: { state: ProblemState; due: string | null }, today: string): boolean {
  return (state === 'assigned' || state === 'long_term') && due !== null && due < today;
}
