/**
 * 集体活动. It is recorded once, when it is over, with the households that came; a rule may go with it. With a rule it waits (`waiting`)
 * until somebody awards everybody on the list at one press; then it is `awarded` and not awarded again. Only when every one of those
 * awards is undone, reversed or given up on its way, it waits anew. Without a rule nothing follows (`free`). The list stays as it was
 * written: who was forgotten gets points by hand.
 */
export const ACTIVITY_STATES = ['free', 'waiting', 'awarded'] as const;

export type ActivityState = (typeof ACTIVITY_STATES)[number];

export const ACTIVITY_EVENTS = ['award', 'undo'] as const;

export type ActivityEvent = (typeof ACTIVITY_EVENTS)[number];

const NEXT: Readonly<Record<ActivityState, Readonly<Partial<Record<ActivityEvent, ActivityState>>>>> = {
  free: {},
  waiting: { award: 'awarded' },
  awarded: { undo: 'waiting' },
};

/** Null where the event cannot happen. */
export function nextActivityState(state: ActivityState, event: ActivityEvent): ActivityState | null {
  return NEXT[state][event] ?? null;
}

/** In order of precedence. */
export type RecordingRefusal =
  | { refused: 'activity_in_future'; day: string }
  | { refused: 'nobody_came' }
  | { refused: 'unknown_card'; number: string }
  | { refused: 'card_closed'; number: string }
  | { refused: 'member_did_not_come'; number: string }
  | { refused: 'unknown_rule'; rule: string }
  | NameRefusal;

/** By a rule that counts for each person, a name counts only for somebody who is registered under it. */
export type NameRefusal = { refused: 'nobody_registered_so'; number: string; name: string; person: string };

export interface RecordingRequest {
  occurredOn: string;
  /** Card numbers of the households that came. */
  cards: readonly string[];
  /** Of some of them who came, by card number. */
  members: ReadonlyMap<string, string>;
  rule: string | null;
}

export interface RecordingBasis {
  today: string;
  cards: ReadonlyMap<string, { isClosed: boolean }>;
  /** The rule exists on that day and gives points. */
  givesPoints: boolean;
  /** Names that nobody of the household is registered under, where the rule counts for each person. */
  strangers: readonly NameRefusal[];
}

export function refuseRecording(
  { occurredOn, cards, members, rule }: RecordingRequest,
  { today, cards: known, givesPoints, strangers }: RecordingBasis,
): RecordingRefusal | null {
  if (occurredOn > today) return { refused: 'activity_in_future', day: occurredOn };
  if (cards.length === 0) return { refused: 'nobody_came' };
  for (const number of cards) {
    const card = known.get(number);
    if (!card) return { refused: 'unknown_card', number };
    if (card.isClosed) return { refused: 'card_closed', number };
  }
  const stranger = [...members.keys()].find((number) => !cards.includes(number));
  if (stranger !== undefined) return { refused: 'member_did_not_come', number: stranger };
  if (rule !== null && !givesPoints) return { refused: 'unknown_rule', rule };
  return strangers[0] ?? null;
}

export type ActivityAwardRefusal =
  | { refused: 'unknown_activity' }
  | { refused: 'activity_without_rule' }
  | { refused: 'activity_awarded' }
  | { refused: 'nobody_to_award' };

export function refuseActivityAward(
  activity: { state: ActivityState } | null,
  /** Of those who came, how many can get points. */
  able: number,
): ActivityAwardRefusal | null {
  if (!activity) return { refused: 'unknown_activity' };
  if (activity.state === 'free') return { refused: 'activity_without_rule' };
  if (nextActivityState(activity.state, 'award') === null) return { refused: 'activity_awarded' };
  return able === 0 ? { refused: 'nobody_to_award' } : null;
}
