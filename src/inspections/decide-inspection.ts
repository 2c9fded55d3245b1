/**
 * 五净一规范. A household is not visited until a visit is planned: who goes is drawn or named, and by when. Planned, it is visited
 * once: each assessor marks each item, and of each item the median counts. It passes with enough marks and, where the village
 * demands it, no zero. Failed, it waits for a re-visit by the same assessors on a day, and is marked again. A passed one is planned
 * anew for the next month; a plan that was not carried out is replaced by the next.
 */
export const VISIT_STATES = ['unplanned', 'planned', 'failed', 'passed'] as const;

export type VisitState = (typeof VISIT_STATES)[number];

export const VISIT_EVENTS = ['plan', 'pass', 'fail'] as const;

export type VisitEvent = (typeof VISIT_EVENTS)[number];

const NEXT: Readonly<Record<VisitState, Readonly<Partial<Record<VisitEvent, VisitState>>>>> = {
  unplanned: { plan: 'planned' },
  planned: { plan: 'planned', pass: 'passed', fail: 'failed' },
  failed: { plan: 'planned', pass: 'passed', fail: 'failed' },
  passed: { plan: 'planned' },
};

/** Null where the event cannot happen. */
export function nextVisitState(state: VisitState, event: VisitEvent): VisitState | null {
  return NEXT[state][event] ?? null;
}

export interface Judgement {
  /** Of each item. */
  median: number[];
  total: number;
  passed: boolean;
}

/** `marks` is one row for each assessor. Of an even number of marks the lower of the two in the middle counts. */
export function judge(
  marks: readonly (readonly number[])[],
  { passMarks, noZero }: { passMarks: number; noZero: boolean },
): Judgement {
  const items = marks[0]?.length ?? 0;
  const median = Array.from({ length: items }, (_, item) => {
    const given = marks.map((row) => row[item] ?? 0).sort((one, other) => one - other);
    return given[Math.floor((given.length - 1) / 2)] ?? 0;
  });
  const total = median.reduce((sum, mark) => sum + mark, 0);
  return { median, total, passed: total >= passMarks && !(noZero && median.includes(0)) };
}

/** In order of precedence. */
export type InspectionRefusal =
  | { refused: 'date_in_future'; occurredOn: string }
  | { refused: 'unknown_card'; number: string }
  | { refused: 'card_closed'; number: string }
  | { refused: 'visit_not_planned'; number: string }
  | { refused: 'visit_before_plan'; number: string; day: string }
  /** One row for each assessor, one mark from 0 to 2 for each item. */
  | { refused: 'marks_incomplete'; number: string }
  | { refused: 'revisit_day_past'; day: string };

export interface VisitedHousehold {
  number: string;
  isClosed: boolean;
  state: VisitState;
  plan: { assessors: number; plannedOn: string } | null;
}

export interface InspectionBasis {
  today: string;
  items: number;
  households: ReadonlyMap<string, VisitedHousehold>;
}

export interface InspectionRequest {
  occurredOn: string;
  revisit: string;
  lines: readonly { card: string; marks: readonly (readonly number[])[] }[];
}

/** Null when nothing stands against it. */
export function refuseInspection(
  { occurredOn, revisit, lines }: InspectionRequest,
  { today, items, households }: InspectionBasis,
): InspectionRefusal | null {
  if (occurredOn > today) return { refused: 'date_in_future', occurredOn };
  for (const { card: number, marks } of lines) {
    const household = households.get(number);
    if (!household) return { refused: 'unknown_card', number };
    if (household.isClosed) return { refused: 'card_closed', number };
    if (!household.plan || !nextVisitState(household.state, 'pass')) return { refused: 'visit_not_planned', number };
    const { assessors, plannedOn } = household.plan;
    if (occurredOn < plannedOn) return { refused: 'visit_before_plan', number, day: plannedOn };
    const isWhole = marks.length === assessors && marks.every((row) => row.length === items && row.every(isMark));
    if (!isWhole) return { refused: 'marks_incomplete', number };
  }
  return revisit <= today ? { refused: 'revisit_day_past', day: revisit } : null;
}

function isMark(mark: number): boolean {
  return mark === 0 || mark === 1 || mark === 2;
}
