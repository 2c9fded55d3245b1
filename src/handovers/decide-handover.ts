/**
 * 移交, the shop from one hand into another:
 *
 *   opened  – count    → counted    the count that belongs to it is posted; nobody presses anything for it
 *           – cancel   → cancelled
 *           – waive    → waived     the township lets it be, with a reason
 *   counted – list     → listed     what is open is written down
 *           – cancel   → cancelled
 *           – waive    → waived
 *   listed  – list     → listed     anew: what was signed before is no longer what is there
 *           – sign     → listed     one of the two, in a session of his own
 *           – complete → complete   both have signed this very list
 *           – cancel   → cancelled
 *           – waive    → waived
 *
 * complete, cancelled and waived are ends.
 */

export type HandoverState = 'opened' | 'counted' | 'listed' | 'complete' | 'cancelled' | 'waived';

export type HandoverEvent = 'count' | 'list' | 'sign' | 'complete' | 'cancel' | 'waive';

export type ShopRole = 'manager' | 'storekeeper';

const NEXT: Readonly<Record<HandoverState, Partial<Record<HandoverEvent, HandoverState>>>> = {
  opened: { count: 'counted', cancel: 'cancelled', waive: 'waived' },
  counted: { list: 'listed', cancel: 'cancelled', waive: 'waived' },
  listed: { list: 'listed', sign: 'listed', complete: 'complete', cancel: 'cancelled', waive: 'waived' },
  complete: {},
  cancelled: {},
  waived: {},
};

export type HandoverStateRefusal = { refused: 'handover_not_so_far'; state: HandoverState };

export function nextState(state: HandoverState, event: HandoverEvent): { state: HandoverState } | HandoverStateRefusal {
  const next = NEXT[state][event];
  return next ? { state: next } : { refused: 'handover_not_so_far', state };
}

/** In order of precedence. */
export type OpeningRefusal =
  | { refused: 'handover_needs_two' }
  | { refused: 'not_your_handover' }
  | { refused: 'handover_nothing_there' }
  | { refused: 'handover_open_already' };

export interface OpeningBasis {
  /** Both hold a post in the shop today; the first one the post that changes hands. */
  fromHolds: boolean;
  toHolds: boolean;
  hasEverHadGoods: boolean;
  /** One for the same post is under way. */
  isUnderWay: boolean;
}

interface Pair {
  fromPersonId: number;
  toPersonId: number;
}

export function decideOpening(basis: OpeningBasis, pair: Pair, personId: number): OpeningRefusal | Pair {
  const { fromHolds, toHolds, hasEverHadGoods, isUnderWay } = basis;
  if (!fromHolds || !toHolds || pair.fromPersonId === pair.toPersonId) return { refused: 'handover_needs_two' };
  if (!isOneOf(pair, personId)) return { refused: 'not_your_handover' };
  if (!hasEverHadGoods) return { refused: 'handover_nothing_there' };
  return isUnderWay ? { refused: 'handover_open_already' } : pair;
}

/** In order of precedence. */
export type SigningRefusal =
  | HandoverStateRefusal
  | { refused: 'not_your_handover' }
  | { refused: 'handover_list_changed' };

export interface SigningBasis {
  state: HandoverState;
  fromPersonId: number;
  toPersonId: number | null;
  /** Of the list as it is, and of the one that was read; an instant. */
  listedAt: string | null;
}

export function decideSigning(
  { state, fromPersonId, toPersonId, listedAt }: SigningBasis,
  personId: number,
  seenListedAt: string,
): SigningRefusal | { state: HandoverState } {
  const next = nextState(state, 'sign');
  if ('refused' in next) return next;
  if (!isOneOf({ fromPersonId, toPersonId }, personId)) return { refused: 'not_your_handover' };
  return listedAt === seenListedAt ? next : { refused: 'handover_list_changed' };
}

export function isOneOf(
  { fromPersonId, toPersonId }: { fromPersonId: number; toPersonId: number | null },
  personId: number,
): boolean {
  return personId === fromPersonId || personId === toPersonId;
}
