import { type KeptAct, keptActs, photosOf, textFact } from '../auditlog/index.ts';
import { householdOfAccount } from '../cards/index.ts';
import type { Reader } from '../platform/database/db.ts';
import { nextState, type ProblemEvent, type ProblemState } from './decide-problem.ts';
import { PROBLEM_ORIGINS, type ProblemOrigin } from './open-problem.ts';

/** One step of a problem's way, as the record has it. */
export interface ProblemStepTaken {
  seq: number;
  type: 'problem.find' | 'problem.assign' | 'problem.fix' | 'problem.check' | 'problem.close' | 'problem.defer';
  day: string;
  by: string;
  note: string;
  /** Public ids. */
  photos: string[];
  /** Of an assignment: to whom and until when; of a deferral: until when. */
  owner: string | null;
  until: string | null;
  /** Of a check: whether it was good. */
  isGood: boolean | null;
}

export interface Problem {
  /** Counted upward in the village, without a gap. */
  n: number;
  /** The act that found it, by which later acts name it. */
  seq: number;
  state: ProblemState;
  origin: ProblemOrigin;
  foundOn: string;
  what: string;
  /** The account that it is about. */
  pseudonym: string | null;
  household: { name: string; groupName: string; card: string } | null;
  /** The act that it is about. */
  act: number | null;
  /** The warning that it was written down from. */
  warning: { code: string; item: string | null } | null;
  ownerId: number | null;
  owner: string | null;
  /** By when it is to be fixed, or looked at again. */
  due: string | null;
  fixedBy: number | null;
  /** The last day on which something happened to it. */
  changedOn: string;
  steps: ProblemStepTaken[];
}

/** 问题台账 of a village, worked out of its acts: nothing beside the record can differ from it. The first found comes first. */
export async function problems(sql: Reader, villageId: number): Promise<Problem[]> {
  const acts = await keptActs(
    sql,
    villageId,
    sql`act.type in ('problem.find', 'problem.assign', 'problem.fix', 'problem.check', 'problem.close', 'problem.defer')`,
  );
  const found = foldProblems(acts);
  const households = await householdsOf(
    sql,
    villageId,
    found.flatMap(({ pseudonym }) => pseudonym ?? []),
  );
  return found.map((problem) => ({ ...problem, household: households.get(problem.pseudonym ?? '') ?? null }));
}

export async function problemBySeq(sql: Reader, villageId: number, seq: number): Promise<Problem | null> {
  return (await problems(sql, villageId)).find((problem) => problem.seq === seq) ?? null;
}

function foldProblems(acts: readonly KeptAct[]): Problem[] {
  const found = new Map<number, Problem>();
  for (const act of acts) {
    const { seq, facts, disclosed, occurredOn } = act;
    if (act.type === 'problem.find') {
      found.set(seq, {
        n: found.size + 1,
        seq,
        state: 'found',
        origin: PROBLEM_ORIGINS.find((origin) => origin === facts['origin']) ?? 'manual',
        foundOn: occurredOn,
        what: disclosed['what'] ?? '',
        pseudonym: textFact(act, 'acct'),
        household: null,
        act: typeof facts['act'] === 'number' ? facts['act'] : null,
        warning: warningOf(act),
        ownerId: null,
        owner: null,
        due: null,
        fixedBy: null,
        changedOn: occurredOn,
        steps: [stepOf(act)],
      });
      continue;
    }
    const problem = found.get(Number(facts['problem']));
    if (problem) takeStep(problem, act);
  }
  return [...found.values()];
}

function warningOf(act: KeptAct): Problem['warning'] {
  const code = textFact(act, 'warning');
  return code === null ? null : { code, item: textFact(act, 'item') };
}

function takeStep(problem: Problem, act: KeptAct): void {
  const { disclosed, occurredOn, recordedBy } = act;
  const step = stepOf(act);
  const state = nextState(problem.state, eventNamed(step));
  // The verifiers tell of an act that cannot follow; the page goes on with what holds.
  if (!state) return;
  problem.state = state;
  problem.steps.push(step);
  problem.changedOn = occurredOn;
  if (step.type === 'problem.assign') {
    problem.ownerId = Number(disclosed['ownerId'] ?? Number.NaN) || null;
    problem.owner = step.owner;
    problem.due = textFact(act, 'due');
    problem.fixedBy = null;
  }
  if (step.type === 'problem.fix') problem.fixedBy = recordedBy;
  if (step.type === 'problem.defer') problem.due = textFact(act, 'review');
}

const EVENTS = {
  'problem.find': 'assign',
  'problem.assign': 'assign',
  'problem.fix': 'fix',
  'problem.check': 'pass',
  'problem.close': 'close',
  'problem.defer': 'defer',
} as const satisfies Record<ProblemStepTaken['type'], ProblemEvent>;

function eventNamed({ type, isGood }: ProblemStepTaken): ProblemEvent {
  return isGood === false ? 'fail' : EVENTS[type];
}

function stepOf(act: KeptAct): ProblemStepTaken {
  const { seq, type, occurredOn, recorder, facts, disclosed } = act;
  return {
    seq,
    type: type as ProblemStepTaken['type'],
    day: occurredOn,
    by: recorder,
    note: disclosed['note'] ?? disclosed['what'] ?? '',
    photos: photosOf(act),
    owner: disclosed['owner'] ?? null,
    until: textFact(act, 'due') ?? textFact(act, 'review'),
    isGood: type === 'problem.check' ? facts['outcome'] === 'good' : null,
  };
}

async function householdsOf(sql: Reader, villageId: number, pseudonyms: string[]) {
  if (pseudonyms.length === 0) return new Map<string, { name: string; groupName: string; card: string }>();
  const rows = await sql<{ pseudonym: string; name: string; groupName: string; card: string }[]>`
    select account.pseudonym,
           household.head_name as name,
           villager_group.name as "groupName",
           card.number as card
      from account
      ${householdOfAccount(sql)}
     where account.village_id = ${villageId}
       and account.pseudonym = any(${pseudonyms}::text[])`;
  return new Map(rows.map(({ pseudonym, ...household }) => [pseudonym, household]));
}
