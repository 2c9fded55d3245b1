/**
 * 预留: goods that are kept for a household until a day, with the points that it will pay with.
 *
 *   basket      – hold     → held         points and goods are taken by one act, at the price of the day
 *   held        – hand_over → handed_over  given back and exchanged at once, at the price of that day
 *               – cancel   → cancelled    the household changed its mind, or the village cannot keep it: all comes back
 *               – lapse    → lapsed       the last day has passed: all comes back by itself
 *   handed_over – close    → closed       the day is over on which it was fetched; what was wrong is put right as for any exchange
 *
 * closed, cancelled and lapsed are ends.
 */

export type ReservationState = 'basket' | 'held' | 'handed_over' | 'closed' | 'cancelled' | 'lapsed';

export type ReservationEvent = 'hold' | 'hand_over' | 'cancel' | 'lapse' | 'close';

const NEXT: Readonly<Record<ReservationState, Partial<Record<ReservationEvent, ReservationState>>>> = {
  basket: { hold: 'held' },
  held: { hand_over: 'handed_over', cancel: 'cancelled', lapse: 'lapsed' },
  handed_over: { close: 'closed' },
  closed: {},
  cancelled: {},
  lapsed: {},
};

export type ReservationStateRefusal = { refused: 'reservation_over'; state: ReservationState };

export function nextState(
  state: ReservationState,
  event: ReservationEvent,
): { state: ReservationState } | ReservationStateRefusal {
  const next = NEXT[state][event];
  return next ? { state: next } : { refused: 'reservation_over', state };
}

/** What the acts say of a reservation: the cause with which it was given back, and the day on which it was fetched. */
export function stateOf(
  { cause, fetchedOn }: { cause: 'cancelled' | 'lapsed' | 'fetched' | null; fetchedOn: string | null },
  today: string,
): ReservationState {
  if (cause === null) return 'held';
  if (cause !== 'fetched') return cause;
  return fetchedOn !== null && fetchedOn < today ? 'closed' : 'handed_over';
}

/** In order of precedence. */
export type HoldingRefusal =
  | { refused: 'households_do_not_reserve' }
  | { refused: 'too_many_reservations'; most: number };

export interface HoldingBasis {
  isByHousehold: boolean;
  /** The village's setting. */
  mayHouseholds: boolean;
  /** Of this household. */
  heldCount: number;
}

const MOST_HELD = 3;

/** Beside what stands against an exchange. */
export function decideHolding({ isByHousehold, mayHouseholds, heldCount }: HoldingBasis): HoldingRefusal | null {
  if (isByHousehold && !mayHouseholds) return { refused: 'households_do_not_reserve' };
  return heldCount >= MOST_HELD ? { refused: 'too_many_reservations', most: MOST_HELD } : null;
}

/** The last day on which it is kept: the village's days, but no longer than the goods are good. */
export function keptUntil(lastDay: string, useBy: readonly (string | null)[]): string {
  return useBy.reduce<string>((until, day) => (day !== null && day < until ? day : until), lastDay);
}
