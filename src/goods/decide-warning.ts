import { daysBetween } from '../platform/clock.ts';

/** What a storekeeper has to look at, the most urgent first; `never`: there has been none at any time. */
export type StockWarning = 'expired' | 'expiring' | 'none' | 'low' | 'fine' | 'never';

/** So few that the next market day should bring more. */
const FEW = 5;
/** 黄: thirty days before the day on the package. */
const DAYS_AHEAD = 30;

export interface StockState {
  quantityOnHand: number;
  quantityExpired: number;
  nearestUseBy: string | null;
  hasBeenReceived: boolean;
}

/** What is the matter with some goods today: the first that applies. */
export function decideWarning(
  { quantityOnHand, quantityExpired, nearestUseBy, hasBeenReceived }: StockState,
  today: string,
): StockWarning {
  if (!hasBeenReceived) return 'never';
  if (quantityExpired > 0) return 'expired';
  if (nearestUseBy !== null && daysBetween(today, nearestUseBy) <= DAYS_AHEAD) return 'expiring';
  if (quantityOnHand === 0) return 'none';
  return quantityOnHand <= FEW ? 'low' : 'fine';
}
