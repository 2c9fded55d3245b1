/**
 * 申报: the states of what somebody asked for, and the one word that leads from each to the next.
 *
 * A claim is submitted. Whoever `needs` names passes it, one after the other: `record` is whoever records awards (for what a
 * household asked for itself), `group` the first look, `committee` the second, `supervisor` the first secretary. Where only the first
 * secretary is needed the points are spendable with the last word (`cleared`). Where the committee decides they come into publicity
 * with it (`committee_passed`), and the days run once the sheet is posted (`posted`). Somebody may object to one line of it
 * (`objected`), which stops that line alone; dismissed it goes on, upheld it ends. When its days are full a posted line is cleared.
 * A few days after that an objection is still heard, and if it is upheld the award is reversed.
 * Until it is posted a claim may be withdrawn, or be returned with a reason, which makes it a draft that is amended and submitted anew.
 */

export type ClaimState =
  | 'submitted'
  | 'group_passed'
  | 'committee_heard'
  | 'committee_passed'
  | 'posted'
  | 'objected'
  | 'cleared'
  | 'returned'
  | 'withdrawn'
  | 'upheld';

export type ClaimEvent =
  | 'pass'
  | 'return'
  | 'resubmit'
  | 'withdraw'
  | 'post'
  | 'object'
  | 'dismiss'
  | 'uphold'
  | 'clear';

export const CLAIM_STEPS = ['record', 'group', 'committee', 'supervisor'] as const;

export type ClaimStep = (typeof CLAIM_STEPS)[number];

/** How far a claim is. */
export interface ClaimProgress {
  state: ClaimState;
  needs: readonly ClaimStep[];
  /** How many of them have agreed. */
  passed: number;
}

/** Waiting for somebody's word. */
export const WAITING = ['submitted', 'group_passed', 'committee_heard'] as const satisfies readonly ClaimState[];

/** Its points stand on the account of what is in publicity. */
export const IN_PUBLICITY = ['committee_passed', 'posted', 'objected'] as const satisfies readonly ClaimState[];

/** Counts towards every limit, although no point of it can be spent yet. */
export const OPEN_STATES: readonly ClaimState[] = [...WAITING, ...IN_PUBLICITY];

/** The state after it, or null where it cannot happen. */
export function decideClaim(progress: ClaimProgress, event: ClaimEvent): ClaimState | null {
  const { state } = progress;
  switch (event) {
    case 'pass':
      return isWaiting(state) ? afterPassing(progress) : null;
    case 'return':
    case 'withdraw':
      if (event === 'withdraw' && state === 'returned') return 'withdrawn';
      if (!isWaiting(state) && state !== 'committee_passed') return null;
      return event === 'return' ? 'returned' : 'withdrawn';
    case 'resubmit':
      return state === 'returned' ? 'submitted' : null;
    case 'post':
      return state === 'committee_passed' ? 'posted' : null;
    case 'object':
      if (state === 'cleared') return isPublicized(progress) ? 'cleared' : null;
      return state === 'posted' ? 'objected' : null;
    case 'dismiss':
      if (state === 'cleared') return isPublicized(progress) ? 'cleared' : null;
      return state === 'objected' ? 'posted' : null;
    case 'uphold':
      if (state === 'cleared') return isPublicized(progress) ? 'upheld' : null;
      return state === 'objected' ? 'upheld' : null;
    case 'clear':
      return state === 'posted' ? 'cleared' : null;
  }
}

/** Whose word is next; null when nobody's is. */
export function nextStep({ state, needs, passed }: ClaimProgress): ClaimStep | null {
  return isWaiting(state) ? (needs[passed] ?? null) : null;
}

/** Whether it is posted before its points can be spent. */
export function isPublicized({ needs }: Pick<ClaimProgress, 'needs'>): boolean {
  return needs.includes('committee');
}

function isWaiting(state: ClaimState): boolean {
  return (WAITING as readonly ClaimState[]).includes(state);
}

function afterPassing(progress: ClaimProgress): ClaimState {
  const { needs, passed } = progress;
  if (passed + 1 < needs.length) return passed === 0 ? 'group_passed' : 'committee_heard';
  return isPublicized(progress) ? 'committee_passed' : 'cleared';
}

/** What a village says of who has to agree. */
export interface ApprovalTerms {
  /** Awards and deductions above so much need the first secretary; null: none does. */
  awardAboveCentipoints: number | null;
  /** The same by what an award is worth at the village's rate. */
  awardAboveFen: number | null;
  fenPerPoint: number;
  deductionAboveCentipoints: number | null;
  /** Everything goes through group and committee and is posted. */
  reviewsEach: boolean;
}

/** Who has to agree to a line; nobody: it counts at once. */
export function decideNeeds(amountCentipoints: number, terms: ApprovalTerms): ClaimStep[] {
  return [
    ...(terms.reviewsEach ? (['group', 'committee'] as const) : []),
    ...(isLarge(amountCentipoints, terms) ? (['supervisor'] as const) : []),
  ];
}

function isLarge(amountCentipoints: number, terms: ApprovalTerms): boolean {
  const { awardAboveCentipoints, awardAboveFen, deductionAboveCentipoints, fenPerPoint } = terms;
  if (amountCentipoints < 0)
    return deductionAboveCentipoints !== null && -amountCentipoints > deductionAboveCentipoints;
  return (
    (awardAboveCentipoints !== null && amountCentipoints > awardAboveCentipoints) ||
    // Hundredths on both sides, so that nothing is rounded.
    (awardAboveFen !== null && amountCentipoints * fenPerPoint > awardAboveFen * 100)
  );
}

/** Who has to agree to what a household asks for itself: somebody of the village in any case. */
export function decideOwnNeeds(amountCentipoints: number, terms: ApprovalTerms): ClaimStep[] {
  const needs = decideNeeds(amountCentipoints, terms);
  return needs[0] === 'group' ? needs : ['record', ...needs];
}
