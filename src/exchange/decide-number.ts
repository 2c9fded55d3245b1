/**
 * 号: what becomes of a number on an exchange day. Whoever takes one waits. The one who has waited longest is called; served it is when
 * the same counter goes on to the next, missed when nobody came. Called again it stays called. Who was missed is called after all or put
 * back, and so is who was called too early or by mistake: behind everybody who waits, with the same number. Who waits, was called or
 * missed may give up; then the number is over, and the household may take another one.
 */

export const NUMBER_STATES = ['waiting', 'called', 'served', 'missed', 'left'] as const;

export type NumberState = (typeof NUMBER_STATES)[number];

export const NUMBER_EVENTS = ['call', 'again', 'finish', 'miss', 'return', 'leave'] as const;

export type NumberEvent = (typeof NUMBER_EVENTS)[number];

const NEXT: Readonly<Record<NumberState, Partial<Record<NumberEvent, NumberState>>>> = {
  waiting: { call: 'called', leave: 'left' },
  called: { again: 'called', finish: 'served', miss: 'missed', return: 'waiting', leave: 'left' },
  missed: { call: 'called', return: 'waiting', leave: 'left' },
  served: { return: 'waiting' },
  left: {},
};

/** The state after it, or null where that cannot happen to a number in this state. */
export function decideNumber(state: NumberState, event: NumberEvent): NumberState | null {
  return NEXT[state][event] ?? null;
}
