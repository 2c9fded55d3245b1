import { VISIT_STATES } from './decide-inspection.ts';
import type { Visited } from './visits.ts';

/** What the list can be narrowed to: those to whom somebody has to go, or one state. */
export const VISIT_FILTERS = ['open', ...VISIT_STATES, 'all'] as const;

export type VisitFilter = (typeof VISIT_FILTERS)[number];

export interface VisitQuery {
  filter: VisitFilter;
  /** Of the head's name, its initials, or the card's number. */
  text: string;
  /** The card after which the page begins; empty for the first. */
  after: string;
  limit: number;
}

/** Who has to be visited soonest comes first, else by card. */
export function listVisits(
  all: readonly Visited[],
  { filter, text, after, limit }: VisitQuery,
): { items: Visited[]; next: string | null; open: number } {
  const wanted = all
    .filter((visited) => fits(visited, filter) && says(visited, text.toLowerCase()))
    .sort((one, other) => order(one).localeCompare(order(other)));
  const start = after === '' ? 0 : wanted.findIndex(({ card }) => card.number === after) + 1;
  const items = wanted.slice(start, start + limit);
  const hasMore = wanted.length > start + limit;
  return {
    items,
    next: hasMore ? (items.at(-1)?.card.number ?? null) : null,
    open: all.filter((visited) => fits(visited, 'open')).length,
  };
}

function order({ due, card }: Visited): string {
  return `${due ?? '9999-12-31'} ${card.number}`;
}

function fits({ state, due }: Visited, filter: VisitFilter): boolean {
  if (filter === 'all') return true;
  return filter === 'open' ? due !== null : state === filter;
}

function says({ card }: Visited, text: string): boolean {
  return text === '' || [card.headName, card.initials, card.pinyin, card.number].some((words) => words.includes(text));
}
