import { isOverdue } from './count-problems.ts';
import { PROBLEM_STATES } from './decide-problem.ts';
import type { Problem } from './problems.ts';

/** What the list can be narrowed to: what is open, as the counts have it, what is late, or one state. */
export const PROBLEM_FILTERS = ['open', 'overdue', 'all', ...PROBLEM_STATES] as const;

export type ProblemFilter = (typeof PROBLEM_FILTERS)[number];

export interface ListQuery {
  filter: ProblemFilter;
  /** Words of the finding, the household, or the owner; or the number. */
  text: string;
  /** Only problems with smaller numbers, for the next page. */
  before: number | null;
  limit: number;
}

/** The newest first; `next` where there are more. */
export function listProblems(
  all: readonly Problem[],
  { filter, text, before, limit }: ListQuery,
  today: string,
): { items: Problem[]; next: number | null } {
  const wanted = all
    .filter((problem) => fits(problem, filter, today) && says(problem, text) && (before === null || problem.n < before))
    .reverse();
  const items = wanted.slice(0, limit);
  return { items, next: wanted.length > limit ? (items.at(-1)?.n ?? null) : null };
}

function fits(problem: Problem, filter: ProblemFilter, today: string): boolean {
  if (filter === 'all') return true;
  if (filter === 'open') return problem.state !== 'closed' && problem.state !== 'long_term';
  return filter === 'overdue' ? isOverdue(problem, today) : problem.state === filter;
}

function says({ n, what, household, owner }: Problem, text: string): boolean {
  return text === '' || [String(n), what, household?.name, owner].some((words) => words?.includes(text));
}
