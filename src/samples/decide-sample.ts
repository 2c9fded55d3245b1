/**
 * 每月抽查. A month that is over is not drawn until its seed is published; then it is drawn, once and for good. A drawn line waits until the
 * first secretary has looked at it: it is in order, or something was found, which opens a problem. A looked-at line stays as it is.
 */
export const LINE_STATES = ['undrawn', 'waiting', 'good', 'finding'] as const;

export type LineState = (typeof LINE_STATES)[number];

export const LINE_EVENTS = ['draw', 'good', 'finding'] as const;

export type LineEvent = (typeof LINE_EVENTS)[number];

const NEXT: Readonly<Record<LineState, Readonly<Partial<Record<LineEvent, LineState>>>>> = {
  undrawn: { draw: 'waiting' },
  waiting: { good: 'good', finding: 'finding' },
  good: {},
  finding: {},
};

/** Null where the event cannot happen. */
export function nextLineState(state: LineState, event: LineEvent): LineState | null {
  return NEXT[state][event] ?? null;
}

export type DrawRefusal =
  | { refused: 'sample_month_not_over'; month: string }
  | { refused: 'sample_drawn'; month: string };

export function refuseDraw(
  month: string,
  { today, drawn }: { today: string; drawn: ReadonlySet<string> },
): DrawRefusal | null {
  if (month >= today.slice(0, 7)) return { refused: 'sample_month_not_over', month };
  return drawn.has(month) ? { refused: 'sample_drawn', month } : null;
}

/** In order of precedence. */
export type CheckRefusal =
  | { refused: 'unknown_sample'; month: string }
  | { refused: 'not_in_sample' }
  | { refused: 'sample_line_checked' }
  /** What was found has to be said. */
  | { refused: 'sample_finding_words' };

export function refuseCheck(
  { month, isGood, note }: { month: string; isGood: boolean; note: string },
  { isDrawn, state }: { isDrawn: boolean; state: LineState },
): CheckRefusal | null {
  if (!isDrawn) return { refused: 'unknown_sample', month };
  if (state === 'undrawn') return { refused: 'not_in_sample' };
  if (!nextLineState(state, isGood ? 'good' : 'finding')) return { refused: 'sample_line_checked' };
  return !isGood && note.length < 2 ? { refused: 'sample_finding_words' } : null;
}
