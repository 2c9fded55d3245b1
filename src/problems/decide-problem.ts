/**
 * 问题台账. A problem is found, by whomever. It is assigned to one person with a day, and may be assigned anew as long as it is
 * not fixed. Its owner says that it is fixed and shows how, by a photo or in words. Somebody else looks: what is not good goes back
 * to the owner, what is good is checked. Checked problems are closed (销号) by a second person, never by the owner or whoever reported
 * the fix; a checked one can still be sent back. What cannot be done soon is long-term with a day on which it is looked at again; from
 * there it is put off once more, or assigned. Closed is the end: what comes back is a new problem with a new number.
 */
export const PROBLEM_STATES = ['found', 'assigned', 'fixed', 'checked', 'closed', 'long_term'] as const;

export type ProblemState = (typeof PROBLEM_STATES)[number];

export const PROBLEM_EVENTS = ['assign', 'fix', 'pass', 'fail', 'close', 'defer'] as const;

export type ProblemEvent = (typeof PROBLEM_EVENTS)[number];

const NEXT: Readonly<Record<ProblemState, Readonly<Partial<Record<ProblemEvent, ProblemState>>>>> = {
  found: { assign: 'assigned', defer: 'long_term' },
  assigned: { assign: 'assigned', fix: 'fixed', defer: 'long_term' },
  fixed: { pass: 'checked', fail: 'assigned' },
  checked: { close: 'closed', fail: 'assigned' },
  closed: {},
  long_term: { assign: 'assigned', defer: 'long_term' },
};

/** Null where the event cannot happen. */
export function nextState(state: ProblemState, event: ProblemEvent): ProblemState | null {
  return NEXT[state][event] ?? null;
}

/** In order of precedence. */
export type ProblemRefusal =
  | { refused: 'unknown_problem' }
  /** It is in a state from which this does not lead on. */
  | { refused: 'problem_step_impossible'; state: ProblemState }
  | { refused: 'problem_owner_unknown' }
  | { refused: 'problem_day_past'; day: string }
  /** Neither words nor a photo. */
  | { refused: 'problem_proof_missing' }
  /** Who owns it or reported the fix neither checks nor closes it. */
  | { refused: 'problem_second_person' };

export type ProblemStep =
  | { kind: 'assign'; ownerId: number; due: string }
  | { kind: 'fix'; note: string; photoCount: number }
  | { kind: 'check'; isGood: boolean; note: string }
  | { kind: 'close' }
  | { kind: 'defer'; review: string; note: string };

export interface StepBasis {
  today: string;
  /** Who takes the step. */
  personId: number;
  problem: { state: ProblemState; ownerId: number | null; fixedBy: number | null } | null;
  /** Who works in the village today. */
  staff: ReadonlySet<number>;
}

export function eventOf(step: ProblemStep): ProblemEvent {
  if (step.kind === 'check') return step.isGood ? 'pass' : 'fail';
  return step.kind;
}

/** Whether the step may be taken, and where it leads. */
export function decideStep(
  step: ProblemStep,
  { today, personId, problem, staff }: StepBasis,
): ProblemRefusal | { state: ProblemState } {
  if (!problem) return { refused: 'unknown_problem' };
  const state = nextState(problem.state, eventOf(step));
  if (!state) return { refused: 'problem_step_impossible', state: problem.state };
  switch (step.kind) {
    case 'assign':
      if (!staff.has(step.ownerId)) return { refused: 'problem_owner_unknown' };
      if (step.due < today) return { refused: 'problem_day_past', day: step.due };
      break;
    case 'fix':
      if (step.note === '' && step.photoCount === 0) return { refused: 'problem_proof_missing' };
      break;
    case 'defer':
      if (step.review <= today) return { refused: 'problem_day_past', day: step.review };
      break;
    case 'check':
    case 'close':
      if (personId === problem.ownerId || personId === problem.fixedBy) return { refused: 'problem_second_person' };
  }
  return { state };
}
