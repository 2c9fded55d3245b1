/**
 * Which villages need a visit: each reason has a level, the gravest first. Thresholds are those of the four-colour warning as far
 * as the ledger can tell; a village that has just opened and published what it could is in order.
 */
import type { SolvencyVerdict } from '../ledger/index.ts';

export type RiskLevel = 'red' | 'yellow' | 'blue' | 'green';

export type RiskReason =
  /** Whole months whose record is not published, the newest of them overdue since its tenth day after. */
  | { code: 'unpublished'; level: 'red' | 'yellow' | 'blue'; months: number }
  | { code: 'idle'; level: 'red' | 'yellow'; days: number }
  | { code: 'shelfEmpty'; level: 'red' }
  /** Goods and money cover so many percent of the points that are promised. */
  | { code: 'shelfThin'; level: 'red' | 'yellow' | 'blue'; percent: number }
  /** Of what the quarter may give, so many percent are given. */
  | { code: 'budgetUsed'; level: 'red' | 'yellow'; percent: number }
  /** Problems past their day, the longest by so many days. */
  | { code: 'problemsLate'; level: 'red' | 'yellow'; count: number; days: number }
  | { code: 'cardsClosed'; level: 'blue'; cards: number };

export interface RiskFigures {
  householdCount: number;
  openCardCount: number;
  /** What households hold and what is in publicity, in money; and the goods and the money that stand against it. */
  promisedFen: number;
  coverFen: number;
  stockValueFen: number;
  solvency: SolvencyVerdict;
  problems: { overdue: number; overdueDays: number };
  /** So many days late a problem is red. */
  problemRedDays: number;
  unpublishedMonthCount: number;
  daysSinceLastAct: number;
  /** Of the calendar month, from 1. */
  dayOfMonth: number;
}

export interface Risk {
  level: RiskLevel;
  /** Orders the villages: the higher, the sooner somebody should go there. */
  score: number;
  reasons: RiskReason[];
}

const WEIGHT: Readonly<Record<RiskLevel, number>> = { red: 10_000, yellow: 100, blue: 1, green: 0 };
const LEVELS: readonly RiskLevel[] = ['red', 'yellow', 'blue'];

/** Until this day of the month the record of the last one may still be waiting. */
const PUBLISH_BY_DAY = 10;

/** More than one card in ten not open: below that there is always somebody who moved or has not passed the inspection yet. */
const CLOSED_CARDS_SHARE = 10;

export function decideRisk(figures: RiskFigures): Risk {
  const reasons = [
    lateRecord(figures),
    idleness(figures),
    shelf(figures),
    budget(figures),
    lateProblems(figures),
    closedCards(figures),
  ]
    .filter((reason) => reason !== null)
    .sort((left, right) => WEIGHT[right.level] - WEIGHT[left.level]);
  const level = LEVELS.find((candidate) => reasons.some((reason) => reason.level === candidate)) ?? 'green';
  const score = reasons.reduce((sum, reason) => sum + WEIGHT[reason.level], 0) + figures.unpublishedMonthCount * 10;
  return { level, score, reasons };
}

function lateRecord({ unpublishedMonthCount: months, dayOfMonth }: RiskFigures): RiskReason | null {
  if (months === 0) return null;
  if (months >= 2) return { code: 'unpublished', level: 'red', months };
  return { code: 'unpublished', level: dayOfMonth > PUBLISH_BY_DAY ? 'yellow' : 'blue', months };
}

function idleness({ daysSinceLastAct: days }: RiskFigures): RiskReason | null {
  if (days >= 30) return { code: 'idle', level: 'red', days };
  return days >= 14 ? { code: 'idle', level: 'yellow', days } : null;
}

function shelf({ promisedFen, coverFen, stockValueFen, solvency: { level } }: RiskFigures): RiskReason | null {
  if (promisedFen === 0) return null;
  if (stockValueFen === 0) return { code: 'shelfEmpty', level: 'red' };
  return level === 'green' ? null : { code: 'shelfThin', level, percent: Math.floor((coverFen * 100) / promisedFen) };
}

function budget({ solvency: { budget: used } }: RiskFigures): RiskReason | null {
  if (!used || used.level === 'green') return null;
  return { code: 'budgetUsed', level: used.level, percent: used.usedPercent };
}

function lateProblems({ problems: { overdue: count, overdueDays: days }, problemRedDays }: RiskFigures) {
  if (count === 0) return null;
  return { code: 'problemsLate', level: days > problemRedDays ? 'red' : 'yellow', count, days } as const;
}

function closedCards({ householdCount, openCardCount }: RiskFigures): RiskReason | null {
  const cards = householdCount - openCardCount;
  return cards * CLOSED_CARDS_SHARE > householdCount ? { code: 'cardsClosed', level: 'blue', cards } : null;
}
