/**
 * 补录: what was done so long ago that it can no more be held against anything is honour, never points. Until then it is an ordinary
 * award of its day; how many days that is the village says, and a village that said nothing knows no honour for what is entered late.
 */
import { severalTimes } from '../claims/decide-caps.ts';
import type { AccountStatus } from '../ledger/index.ts';

/** In order of precedence. */
export type BackfillRefusal =
  | { refused: 'backfill_not_kept' }
  | { refused: 'date_in_future'; occurredOn: string }
  | { refused: 'unknown_rule'; rule: string }
  | { refused: 'counted_one_by_one' }
  | { refused: 'unknown_card'; number: string }
  | { refused: 'honour_needs_open_card'; name: string }
  | { refused: 'still_in_time'; firstDay: string };

export interface BackfillQuestion {
  number: string;
  rule: string;
  occurredOn: string;
  times: number;
}

export interface BackfillBasis {
  today: string;
  /** The first day whose acts are still worth points; null where that is every day. */
  firstDay: string | null;
  rule: {
    code: string;
    version: number;
    pointsCentipoints: number;
    capMaxCount: number | null;
    capMaxCentipoints: number | null;
    isOutsideLimits: boolean;
    isGift: boolean;
  } | null;
  card: { headName: string; status: AccountStatus } | null;
}

/** How many honour points it is: as many as the rule gives. */
export function decideBackfill(
  { number, rule: code, occurredOn, times }: BackfillQuestion,
  { today, firstDay, rule, card }: BackfillBasis,
): BackfillRefusal | { honourCentipoints: number } {
  if (firstDay === null) return { refused: 'backfill_not_kept' };
  if (occurredOn > today) return { refused: 'date_in_future', occurredOn };
  // Nobody is honoured by what costs points, nor by what others give.
  if (!rule || rule.pointsCentipoints < 0 || rule.isGift) return { refused: 'unknown_rule', rule: code };
  if (times > 1 && rule.capMaxCount !== null) return { refused: 'counted_one_by_one' };
  if (!card) return { refused: 'unknown_card', number };
  if (card.status !== 'active') return { refused: 'honour_needs_open_card', name: card.headName };
  if (occurredOn >= firstDay) return { refused: 'still_in_time', firstDay };
  return { honourCentipoints: severalTimes(rule, times).pointsCentipoints };
}
