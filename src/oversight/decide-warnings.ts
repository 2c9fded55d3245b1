/**
 * 四级预警: what is the matter in one village today, with the role that has to see to it and the day by which. Nothing is stored: as
 * long as the cause stands the warning does, and it is gone with it.
 */
import type { DueHandover } from '../handovers/index.ts';
import type { Role } from '../people/index.ts';
import { addDays, addMonths, daysBetween, monthBounds, monthOf } from '../platform/clock.ts';
import { type ClaimState, type ClaimWarningCause, decideClaimWarnings } from './decide-claim-warnings.ts';
import { decideGivingWarnings, type GivingState, type GivingWarningCause } from './decide-giving-warnings.ts';
import { decideHandoverWarnings, type HandoverWarningCause } from './decide-handover-warnings.ts';
import type { Risk, RiskLevel, RiskReason } from './decide-risk.ts';
import { decideShopWarnings, type ShopState, type ShopWarningCause } from './decide-shop-warnings.ts';

export type WarningLevel = Exclude<RiskLevel, 'green'>;

/** A lot on the shelf, or in the room behind it. */
export interface LotState {
  code: string;
  name: string;
  unit: string;
  quantity: number;
  useBy: string | null;
  /** When something of it was last handed out; else when it came. */
  lastMovedOn: string;
}

/** Goods that were there at one time: how many can be handed out today. */
export interface GoodsState {
  code: string;
  name: string;
  unit: string;
  quantity: number;
  /** What the village said is too few; without it the usual number. */
  reorder?: number | null;
}

export type WarningCause =
  | RiskReason
  | ShopWarningCause
  | GivingWarningCause
  | ClaimWarningCause
  | HandoverWarningCause
  | {
      code: 'expired' | 'expiring';
      level: WarningLevel;
      goods: string;
      name: string;
      unit: string;
      quantity: number;
      useBy: string;
    }
  | { code: 'slow'; level: 'blue'; goods: string; name: string; unit: string; quantity: number; days: number }
  | { code: 'gone'; level: 'yellow'; goods: string; name: string }
  | { code: 'low'; level: 'blue'; goods: string; name: string; unit: string; quantity: number }
  | { code: 'booksWrong'; level: 'red'; findings: number }
  | { code: 'booksUnchecked'; level: 'blue'; days: number | null };

export type Warning = WarningCause & { owner: Role; dueOn: string };

export interface WarningFigures {
  today: string;
  risk: Risk;
  lots: readonly LotState[];
  goods: readonly GoodsState[];
  /** When the books were last checked row by row, and how much did not hold; null: never. */
  lastCheck: { finishedOn: string; findings: number } | null;
  shop?: ShopState;
  giving?: GivingState;
  claims?: ClaimState;
  handovers?: readonly DueHandover[];
  terms?: WarningTerms;
}

/** From when on the village calls it late, slow or few; without it the usual numbers. */
export interface WarningTerms {
  useByBlueDays: number;
  useByYellowDays: number;
  useByRedDays: number;
  slowDays: number;
  lowQuantity: number;
}

const ORDER: readonly WarningLevel[] = ['red', 'yellow', 'blue'];

const USUAL_TERMS: WarningTerms = {
  useByBlueDays: 90,
  useByYellowDays: 30,
  useByRedDays: 7,
  slowDays: 180,
  lowQuantity: 3,
};
const CHECK_EVERY_DAYS = 35;
const PUBLISH_BY_DAY = '10';

/** The gravest first, and among them the one that is due first. */
export function decideWarnings({
  today,
  risk,
  lots,
  goods,
  lastCheck,
  shop,
  giving,
  claims,
  handovers = [],
  terms = USUAL_TERMS,
}: WarningFigures): Warning[] {
  const warnings = [
    ...risk.reasons.map((reason) => ({ ...reason, ...taskOf(reason, today) })),
    ...lots.map((lot) => useByOf(lot, terms, today) ?? slownessOf(lot, terms, today)),
    ...goods.map((item) => scarcityOf(item, terms, today)),
    booksOf(lastCheck, today),
    ...(shop ? decideShopWarnings(shop, today) : []),
    ...(giving ? decideGivingWarnings(giving, today) : []),
    ...(claims ? decideClaimWarnings(claims, today) : []),
    ...decideHandoverWarnings(handovers, today),
  ].filter((warning) => warning !== null);
  return warnings.sort(
    (one, other) => ORDER.indexOf(one.level) - ORDER.indexOf(other.level) || one.dueOn.localeCompare(other.dueOn),
  );
}

function taskOf(reason: RiskReason, today: string): { owner: Role; dueOn: string } {
  switch (reason.code) {
    case 'unpublished':
      // The record of a month is due on the tenth day after it.
      return { owner: 'supervisor', dueOn: `${addMonths(monthOf(today), 1 - reason.months)}-${PUBLISH_BY_DAY}` };
    case 'idle':
      return { owner: 'manager', dueOn: today };
    case 'shelfEmpty':
      return { owner: 'leader', dueOn: today };
    case 'budgetUsed':
    case 'problemsLate':
      return { owner: 'leader', dueOn: today };
    case 'shelfThin':
      return { owner: 'leader', dueOn: monthBounds(monthOf(today)).lastDay };
    case 'cardsClosed':
      return { owner: 'manager', dueOn: monthBounds(monthOf(today)).lastDay };
  }
}

function useByOf(
  { code, name, unit, quantity, useBy }: LotState,
  { useByRedDays, useByYellowDays, useByBlueDays }: WarningTerms,
  today: string,
): Warning | null {
  if (useBy === null) return null;
  const facts = { goods: code, name, unit, quantity, useBy, owner: 'storekeeper' } as const;
  if (useBy < today) return { ...facts, code: 'expired', level: 'red', dueOn: today };
  const left = daysBetween(today, useBy);
  if (left > useByBlueDays) return null;
  const level = left <= useByRedDays ? 'red' : left <= useByYellowDays ? 'yellow' : 'blue';
  return { ...facts, code: 'expiring', level, dueOn: useBy };
}

function slownessOf(
  { code, name, unit, quantity, lastMovedOn }: LotState,
  { slowDays }: WarningTerms,
  today: string,
): Warning | null {
  const days = daysBetween(lastMovedOn, today);
  if (days < slowDays) return null;
  const dueOn = monthBounds(monthOf(today)).lastDay;
  return { code: 'slow', level: 'blue', goods: code, name, unit, quantity, days, owner: 'storekeeper', dueOn };
}

function scarcityOf(
  { code, name, unit, quantity, reorder = null }: GoodsState,
  { lowQuantity }: WarningTerms,
  today: string,
): Warning | null {
  const owner = 'storekeeper';
  if (quantity === 0) return { code: 'gone', level: 'yellow', goods: code, name, owner, dueOn: addDays(today, 7) };
  if (reorder === null ? quantity >= lowQuantity : quantity > reorder) return null;
  return { code: 'low', level: 'blue', goods: code, name, unit, quantity, owner, dueOn: addDays(today, 14) };
}

function booksOf(lastCheck: WarningFigures['lastCheck'], today: string): Warning | null {
  const owner = 'supervisor';
  if (lastCheck && lastCheck.findings > 0) {
    return { code: 'booksWrong', level: 'red', findings: lastCheck.findings, owner, dueOn: today };
  }
  const days = lastCheck && daysBetween(lastCheck.finishedOn, today);
  if (days !== null && days <= CHECK_EVERY_DAYS) return null;
  return { code: 'booksUnchecked', level: 'blue', days, owner, dueOn: addDays(today, 7) };
}
