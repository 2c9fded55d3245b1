/**
 * 心愿: what becomes of a wish.
 *
 * submitted   a household, or a cadre for it, said what it wishes; nobody else sees it
 * checked     somebody spoke with the household: it is so, and what will stand on the wall names nobody
 * open        on the wall: the need, not the person
 * claimed     one donor has promised it until a day; past that day it is open again by itself
 * delivered   it was handed over, as a gift or for points
 * echoed      the household's thanks, and perhaps a photo, stand on the echo wall
 * closed      done; nothing more happens
 * declined    with a reason that the household is told
 *
 * submitted -check→ checked -open→ open -claim→ claimed -deliver→ delivered -echo→ echoed -close→ closed
 * claimed -release→ open; open -deliver→ delivered where the village fulfils it itself; delivered -close→ closed without thanks;
 * submitted, checked and open -decline→ declined.
 */
export const WISH_STATES = [
  'submitted',
  'checked',
  'open',
  'claimed',
  'delivered',
  'echoed',
  'closed',
  'declined',
] as const;

export type WishState = (typeof WISH_STATES)[number];

export const WISH_EVENTS = ['check', 'open', 'claim', 'release', 'deliver', 'echo', 'close', 'decline'] as const;

export type WishEvent = (typeof WISH_EVENTS)[number];

const NEXT: Readonly<Record<WishState, Partial<Record<WishEvent, WishState>>>> = {
  submitted: { check: 'checked', decline: 'declined' },
  checked: { open: 'open', decline: 'declined' },
  open: { claim: 'claimed', deliver: 'delivered', decline: 'declined' },
  claimed: { release: 'open', deliver: 'delivered' },
  delivered: { echo: 'echoed', close: 'closed' },
  echoed: { close: 'closed' },
  closed: {},
  declined: {},
};

/** Null where that cannot happen now. */
export function nextWishState(state: WishState, event: WishEvent): WishState | null {
  return NEXT[state][event] ?? null;
}

export const WISH_KINDS = ['goods', 'help', 'advice'] as const;

export type WishKind = (typeof WISH_KINDS)[number];

/** What the acts leave, before the day is asked. */
export interface WishFacts {
  state: WishState;
  /** Of the last claim: the donor, and the last day on which it holds. */
  claim: { donor: string; until: string } | null;
}

/** In order of precedence. */
export type WishRefusal =
  | { refused: 'unknown_wish' }
  | { refused: 'wish_taken'; until: string }
  | { refused: 'wish_state'; state: WishState }
  | { refused: 'not_your_wish' }
  | { refused: 'too_many_promises'; most: number }
  | { refused: 'wish_names_somebody' }
  | { refused: 'unknown_redemption' }
  | { refused: 'unknown_gift'; giftSeq: number };

/** A claim ends by itself: the day decides, nobody has to press. */
export function stateOn({ state, claim }: WishFacts, today: string): WishState {
  return state === 'claimed' && claim !== null && claim.until < today ? 'open' : state;
}

export function decideWish(wish: WishFacts, event: WishEvent, today: string): WishRefusal | { state: WishState } {
  const now = stateOn(wish, today);
  if (event === 'claim' && now === 'claimed' && wish.claim) return { refused: 'wish_taken', until: wish.claim.until };
  const state = nextWishState(now, event);
  return state === null ? { refused: 'wish_state', state: now } : { state };
}

/** Whoever promises more than he can keep blocks it for others. */
export const MOST_CLAIMS = 5;

export function decideClaim(
  wish: WishFacts,
  { held, today }: { held: number; today: string },
): WishRefusal | { state: WishState } {
  const decided = decideWish(wish, 'claim', today);
  if ('refused' in decided) return decided;
  return held >= MOST_CLAIMS ? { refused: 'too_many_promises', most: MOST_CLAIMS } : decided;
}

/** A donor gives back his own promise alone, and one without gift or promise has none; who keeps the wall may end anybody's (by: null). */
export function decideRelease(
  wish: WishFacts,
  { by, today }: { by: { donor: string | null } | null; today: string },
): WishRefusal | { state: WishState } {
  const decided = decideWish(wish, 'release', today);
  if ('refused' in decided) return decided;
  return by && wish.claim?.donor !== by.donor ? { refused: 'not_your_wish' } : decided;
}

/** What stands on the wall for everybody holds no name of the household, no card, no telephone and no identity number. */
export function namesSomebody(words: string, { headName, number }: { headName: string; number: string }): boolean {
  const plain = words.normalize('NFKC').replace(/[\s-]/g, '');
  return plain.includes(headName.replace(/\s/g, '')) || plain.includes(number) || /\d{7,}/.test(plain);
}
