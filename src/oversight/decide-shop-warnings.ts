/**
 * 预警 of the shop behind the points: what waits for a second person, slips that nobody entered, and counts that are late or do not
 * come out even. Each with the role that has to see to it and the day by which; nothing is stored.
 */
import type { Role } from '../people/index.ts';
import { addDays, daysBetween } from '../platform/clock.ts';
import type { WarningLevel } from './decide-warnings.ts';

export interface ShopState {
  /** Receipts that only one person has seen, and the day of the oldest. */
  unchecked: { count: number; since: string | null };
  /** Prices and write-offs that wait for somebody's word. */
  proposals: { count: number; since: string | null };
  missingSlips: number;
  /** The day on which goods first came; null where none ever did. */
  firstReceivedOn: string | null;
  lastStocktake: { postedOn: string; varianceFen: number; unexplained: number } | null;
  limitFen: number;
  /** The most days between two counts. */
  everyDays: number;
}

export type ShopWarningCause =
  | { code: 'receiptsUnchecked'; level: WarningLevel; count: number; days: number }
  | { code: 'proposalsWait'; level: WarningLevel; count: number; days: number }
  | { code: 'slipsMissing'; level: 'yellow'; count: number }
  | { code: 'neverCounted'; level: 'yellow' }
  | { code: 'countOverdue'; level: 'red'; days: number }
  | { code: 'countUnexplained'; level: 'yellow'; kinds: number }
  | { code: 'countDiffers'; level: 'red' | 'blue'; varianceFen: number };

export type ShopWarning = ShopWarningCause & { owner: Role; dueOn: string };

/** As for claims: blue at once, yellow after a week, red after two. */
const WAITING: readonly [level: WarningLevel, days: number][] = [
  ['red', 14],
  ['yellow', 7],
  ['blue', 0],
];
const DECIDE_WITHIN_DAYS = 7;

export function decideShopWarnings(state: ShopState, today: string): ShopWarning[] {
  const { unchecked, proposals, missingSlips, firstReceivedOn, lastStocktake } = state;
  const warnings: ShopWarning[] = [];
  for (const [code, waiting, owner] of [
    ['receiptsUnchecked', unchecked, 'leader'],
    ['proposalsWait', proposals, 'supervisor'],
  ] as const) {
    if (waiting.count === 0 || waiting.since === null) continue;
    const days = daysBetween(waiting.since, today);
    const level = WAITING.find(([, least]) => days >= least)?.[0] ?? 'blue';
    warnings.push({
      code,
      level,
      count: waiting.count,
      days,
      owner,
      dueOn: addDays(waiting.since, DECIDE_WITHIN_DAYS),
    });
  }
  if (missingSlips > 0) {
    const dueOn = addDays(today, 7);
    warnings.push({ code: 'slipsMissing', level: 'yellow', count: missingSlips, owner: 'storekeeper', dueOn });
  }
  if (lastStocktake) warnings.push(...countWarnings(lastStocktake, state, today));
  else if (firstReceivedOn !== null) {
    warnings.push({ code: 'neverCounted', level: 'yellow', owner: 'storekeeper', dueOn: addDays(today, 14) });
  }
  return warnings;
}

function countWarnings(
  { postedOn, varianceFen, unexplained }: NonNullable<ShopState['lastStocktake']>,
  { limitFen, everyDays }: Pick<ShopState, 'limitFen' | 'everyDays'>,
  today: string,
): ShopWarning[] {
  const days = daysBetween(postedOn, today);
  if (days > everyDays) {
    const dueOn = addDays(postedOn, everyDays);
    return [{ code: 'countOverdue', level: 'red', days, owner: 'storekeeper', dueOn }];
  }
  const dueOn = addDays(postedOn, DECIDE_WITHIN_DAYS);
  if (varianceFen > limitFen) {
    return [{ code: 'countDiffers', level: 'red', varianceFen, owner: 'supervisor', dueOn }];
  }
  if (unexplained > 0) {
    return [{ code: 'countUnexplained', level: 'yellow', kinds: unexplained, owner: 'supervisor', dueOn }];
  }
  return varianceFen > 0 ? [{ code: 'countDiffers', level: 'blue', varianceFen, owner: 'supervisor', dueOn }] : [];
}
