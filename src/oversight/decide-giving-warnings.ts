/**
 * What waits with gifts and wishes: a wish nobody has checked, one whose promise runs out or has run out, a gift that a second person
 * has yet to look at, and a donor who was never thanked.
 */
import type { Role } from '../people/index.ts';
import { addDays, daysBetween } from '../platform/clock.ts';
import type { RiskLevel } from './decide-risk.ts';

type Level = Exclude<RiskLevel, 'green'>;

const CODES = ['wishesUnchecked', 'wishesRunOut', 'giftsUninspected', 'thanksDue'] as const;

export type GivingWarningCause = { code: (typeof CODES)[number]; level: Level; count: number; days: number };

export interface GivingState {
  /** Days on which wishes were filed that nobody has checked. */
  unchecked: readonly string[];
  /** Last days of promises that were not kept yet; also of those that are over and that nobody took up again. */
  promised: readonly string[];
  /** Days on which gifts were received that wait for a second person. */
  uninspected: readonly string[];
  /** Days on which gifts came onto the shelf whose donors have no letter. */
  unthanked: readonly string[];
  thanksDays: number;
  /** Days that are left of a promise. */
  wishBlueDays: number;
  wishYellowDays: number;
}

const WAITING: readonly [Level, number][] = [
  ['red', 14],
  ['yellow', 7],
  ['blue', 3],
];

export function decideGivingWarnings(
  { unchecked, uninspected, unthanked, thanksDays, ...promises }: GivingState,
  today: string,
): (GivingWarningCause & { owner: Role; dueOn: string })[] {
  const late = unthanked.map((day) => addDays(day, thanksDays)).filter((day) => day < today);
  return [
    waiting('wishesUnchecked', unchecked, 'supervisor', today),
    runningOut(promises, today),
    waiting('giftsUninspected', uninspected, 'leader', today),
    late.length === 0
      ? null
      : ({ code: 'thanksDue', level: 'yellow', ...oldest(late, today), owner: 'manager', dueOn: first(late) } as const),
  ].filter((warning) => warning !== null);
}

function waiting(code: 'wishesUnchecked' | 'giftsUninspected', days: readonly string[], owner: Role, today: string) {
  if (days.length === 0) return null;
  const since = oldest(days, today);
  const [level] = WAITING.find(([, most]) => since.days >= most) ?? [];
  return level ? { code, level, ...since, owner, dueOn: addDays(first(days), 7) } : null;
}

function runningOut(
  { promised, wishBlueDays, wishYellowDays }: Pick<GivingState, 'promised' | 'wishBlueDays' | 'wishYellowDays'>,
  today: string,
) {
  const near = promised.filter((day) => daysBetween(today, day) <= wishBlueDays);
  if (near.length === 0) return null;
  const left = daysBetween(today, first(near));
  const level = left < 0 ? 'red' : left <= wishYellowDays ? 'yellow' : 'blue';
  return {
    code: 'wishesRunOut',
    level,
    count: near.length,
    days: left,
    owner: 'supervisor',
    dueOn: first(near),
  } as const;
}

function oldest(days: readonly string[], today: string): { count: number; days: number } {
  return { count: days.length, days: daysBetween(first(days), today) };
}

function first(days: readonly string[]): string {
  return days.toSorted()[0] ?? '';
}
