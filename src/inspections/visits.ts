import { type KeptAct, keptActs, photosOf, textFact } from '../auditlog/index.ts';
import { allCards, type HouseholdCard } from '../cards/index.ts';
import { staffBelow } from '../people/index.ts';
import type { Reader } from '../platform/database/db.ts';
import { nextVisitState, type VisitState } from './decide-inspection.ts';

export interface VisitPlan {
  seq: number;
  plannedOn: string;
  due: string;
  /** Null when they were named. */
  seed: string | null;
  count: number;
  /** Empty when it was erased. */
  assessors: string[];
  candidates: string[];
}

export interface VisitResult {
  seq: number;
  plan: number;
  day: string;
  checklist: string;
  /** One row for each assessor. */
  marks: number[][];
  median: number[];
  total: number;
  passMarks: number;
  passed: boolean;
  revisit: string | null;
  /** Public ids. */
  photos: string[];
  by: string;
}

/** A household with its visits so far. */
export interface Visited {
  card: HouseholdCard;
  state: VisitState;
  /** The newest. */
  plan: VisitPlan | null;
  /** The first comes first. */
  results: VisitResult[];
  /** By when somebody has to go there. */
  due: string | null;
}

/** Every household of a village with its visits, worked out of the acts. */
export async function visits(sql: Reader, villageId: number): Promise<Visited[]> {
  const [cards, acts] = await Promise.all([
    allCards(sql, villageId),
    keptActs(sql, villageId, sql`act.type in ('inspection.plan', 'inspection.result')`),
  ]);
  const byAccount = new Map<string, Omit<Visited, 'card'>>();
  for (const act of acts) {
    const account = textFact(act, 'acct') ?? '';
    const visited = byAccount.get(account) ?? { state: 'unplanned', plan: null, results: [], due: null };
    byAccount.set(account, follow(visited, act));
  }
  const nothing = { state: 'unplanned', plan: null, results: [], due: null } as const;
  return cards.map((card) => ({ card, ...nothing, results: [], ...byAccount.get(card.pseudonym) }));
}

function follow(visited: Omit<Visited, 'card'>, act: KeptAct): Omit<Visited, 'card'> {
  const { facts, disclosed } = act;
  if (act.type === 'inspection.plan') {
    const plan = {
      seq: act.seq,
      plannedOn: act.occurredOn,
      due: textFact(act, 'due') ?? '',
      seed: textFact(act, 'seed'),
      count: Number(facts['assessors']),
      assessors: linesOf(disclosed['assessors']),
      candidates: linesOf(disclosed['candidates']),
    };
    return { ...visited, state: nextVisitState(visited.state, 'plan') ?? visited.state, plan, due: plan.due };
  }
  const result = resultOf(act);
  const state = nextVisitState(visited.state, result.passed ? 'pass' : 'fail') ?? visited.state;
  return { ...visited, state, results: [...visited.results, result], due: result.passed ? null : result.revisit };
}

function resultOf(act: KeptAct): VisitResult {
  const { seq, occurredOn, recorder, facts } = act;
  return {
    seq,
    plan: Number(facts['plan']),
    day: occurredOn,
    checklist: textFact(act, 'checklist') ?? '',
    marks: Array.isArray(facts['marks']) ? facts['marks'].map(numbersOf) : [],
    median: numbersOf(facts['median']),
    total: Number(facts['total']),
    passMarks: Number(facts['pass']),
    passed: facts['passed'] === true,
    revisit: textFact(act, 'revisit'),
    photos: photosOf(act),
    by: recorder,
  };
}

function numbersOf(value: unknown): number[] {
  return Array.isArray(value) ? value.map(Number) : [];
}

function linesOf(text: string | undefined): string[] {
  return text === undefined ? [] : text.split('\n');
}

/** Whose own household or declared kin's each household is, by the names of those who work in the village. */
export async function kinNames(sql: Reader, villageId: number, today: string): Promise<Map<number, Set<string>>> {
  const [staff, declared] = await Promise.all([
    staffBelow(sql, { regionId: villageId, today }),
    sql<{ householdId: number; personId: number }[]>`
      select household_id as "householdId",
             person_id as "personId"
        from kinship
       where village_id = ${villageId}`,
  ]);
  const names = new Map(staff.map(({ personId, displayName }) => [personId, displayName]));
  const kin = new Map<number, Set<string>>();
  for (const { householdId, personId } of declared) {
    const name = names.get(personId);
    if (name !== undefined) kin.set(householdId, (kin.get(householdId) ?? new Set()).add(name));
  }
  return kin;
}
