/**
 * Visits and problems, kept again from the entries alone: what a visit comes to follows from its marks, no card is opened without
 * a passed one where the village demands it, and no problem is closed that nobody fixed and checked.
 */
import { Found } from './finding.ts';
import type { Leaf, LeafType } from './leaf.ts';

export interface WorkBook {
  enter(leaf: Leaf, index: number): void;
}

/** From where which entry leads to where. */
const PROBLEM_WAYS: Readonly<Record<string, Readonly<Partial<Record<string, string>>>>> = {
  found: { 'problem.assign': 'assigned', 'problem.defer': 'later' },
  assigned: { 'problem.assign': 'assigned', 'problem.fix': 'fixed', 'problem.defer': 'later' },
  fixed: { good: 'checked', bad: 'assigned' },
  checked: { 'problem.close': 'closed', bad: 'assigned' },
  closed: {},
  later: { 'problem.assign': 'assigned', 'problem.defer': 'later' },
};

const ABOUT_PROBLEMS: ReadonlySet<LeafType> = new Set([
  'problem.assign',
  'problem.fix',
  'problem.check',
  'problem.close',
  'problem.defer',
]);

export function openWorkBook(): WorkBook {
  const problems = new Map<number, string>();
  const plans = new Map<number, { acct: string; assessors: number }>();
  const passed = new Map<string, boolean>();
  let needsVisit = false;

  const wrong = (what: string, index: number) => new Found('books', what, index);

  const step = ({ type, problem = -1, outcome }: Leaf, index: number) => {
    const state = problems.get(problem);
    if (state === undefined) throw wrong(`it is about problem ${problem}, which nobody found`, index);
    const next = PROBLEM_WAYS[state]?.[(type === 'problem.check' && outcome) || type];
    if (next === undefined) throw wrong(`it is about a problem that is ${state}`, index);
    problems.set(problem, next);
  };

  const judge = (
    { acct = '', plan = -1, marks = [], median = [], total, pass = 0, noZero, ...leaf }: Leaf,
    index: number,
  ) => {
    const planned = plans.get(plan);
    if (planned?.acct !== acct) throw wrong(`it carries out plan ${plan}, which is of no visit there`, index);
    if (marks.length !== planned.assessors || marks.some((row) => row.length !== median.length)) {
      throw wrong(`its marks are not those of ${planned.assessors} assessors`, index);
    }
    const middle = median.map((_, item) => {
      const given = marks.map((row) => row[item] ?? 0).sort((one, other) => one - other);
      return given[Math.ceil(given.length / 2) - 1];
    });
    if (middle.some((mark, item) => mark !== median[item]))
      throw wrong('its medians do not follow from its marks', index);
    const sum = median.reduce((whole, mark) => whole + mark, 0);
    if (sum !== total) throw wrong(`its marks are ${sum} and not ${total}`, index);
    const isPassed = sum >= pass && !(noZero === true && median.includes(0));
    if (isPassed !== leaf.passed) throw wrong('it says of its marks what does not follow from them', index);
    if (isPassed !== (leaf.revisit === undefined))
      throw wrong('a failed visit has a day for the next one, a passed one none', index);
    passed.set(acct, isPassed);
  };

  return {
    enter: (leaf, index) => {
      const { type, acct = '' } = leaf;
      if (ABOUT_PROBLEMS.has(type)) step(leaf, index);
      if (type === 'problem.find') problems.set(index, 'found');
      if (type === 'inspection.plan') plans.set(index, { acct, assessors: leaf.assessors ?? 0 });
      if (type === 'inspection.result') judge(leaf, index);
      if (type === 'settings.change') {
        const set = leaf.values?.['openingNeedsInspection'];
        needsVisit = set === undefined ? needsVisit : set === true;
      }
      if (type === 'points.open' && needsVisit && leaf.acct !== undefined && passed.get(acct) !== true) {
        throw wrong('it opens the card of a household whose home has not passed a visit', index);
      }
    },
  };
}
