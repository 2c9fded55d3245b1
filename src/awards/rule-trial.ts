import { maskName } from '../cards/index.ts';
import { periodBounds } from '../claims/index.ts';
import { villageTerms } from '../ledger/index.ts';
import type { Reader } from '../platform/database/db.ts';
import { type HouseholdLimits, type Rule, ruleTerms, villageRules } from '../rules/index.ts';
import { type Compared, decideReplay, difference } from './decide-replay.ts';
import { householdsOf, replayedActs, type TriedHousehold } from './replayed-acts.ts';
import { readTrial, type TrialForm } from './trial-form.ts';

/** What the trial is held against. */
export interface TrialTable {
  rules: Rule[];
  limits: HouseholdLimits;
  fenPerPoint: number;
}

export interface RuleTrial {
  /** Of so many acts. */
  total: Compared & { acts: number };
  /** Rules that give or take something else, the largest difference first. */
  rules: (Compared & { rule: string; name: string; acts: number })[];
  /** Households that get something else, those that lose most first; the rest is counted. */
  households: (Compared & TriedHousehold & { maskedName: string })[];
  unchanged: number;
  /** How many households lose or gain how much. */
  bands: { band: Band; households: number }[];
}

type Band = (typeof BANDS)[number];

/** In points; the first and the last are open. */
const BANDS = ['lose10', 'lose5', 'lose', 'same', 'gain', 'gain5', 'gain10'] as const;

async function trialTable(sql: Reader, villageId: number, today: string): Promise<TrialTable> {
  const [rules, { monthMaxCentipoints, yearMaxCentipoints }, { fenPerPoint }] = await Promise.all([
    villageRules(sql, villageId, today),
    ruleTerms(sql, villageId),
    villageTerms(sql, villageId),
  ]);
  return { rules, limits: { monthMaxCentipoints, yearMaxCentipoints }, fenPerPoint };
}

export interface TriedRules {
  table: TrialTable;
  form: TrialForm;
  /** False where the table is replayed as it is. */
  isTried: boolean;
  /** Null while a field is wrong. */
  trial: RuleTrial | null;
}

/** 试算: what was tried, and what would have come of it. */
export async function ruleTrial(
  sql: Reader,
  villageId: number,
  query: Readonly<Record<string, unknown>>,
  today: string,
): Promise<TriedRules> {
  const table = await trialTable(sql, villageId, today);
  const form = readTrial(query, { ...table, today });
  const isTried = form.changes.size > 0 || JSON.stringify(form.limits) !== JSON.stringify(table.limits);
  return { table, form, isTried, trial: form.wrong.length > 0 ? null : await replay(sql, villageId, table, form) };
}

async function replay(sql: Reader, villageId: number, table: TrialTable, form: TrialForm): Promise<RuleTrial> {
  const { period, changes, limits } = form;
  const acts = await replayedActs(sql, villageId, period);
  const { total, rules, households } = decideReplay({ ...period, acts, changes, limits, periodBounds });
  const changed = households.filter((one) => difference(one) !== 0);
  const named = await householdsOf(
    sql,
    villageId,
    changed.map(({ accountId }) => accountId),
  );
  const names = new Map(table.rules.map(({ code, name }) => [code, name]));
  return {
    total,
    rules: rules
      .filter((one) => difference(one) !== 0)
      .map((one) => ({ ...one, name: names.get(one.rule) ?? one.rule }))
      .toSorted((one, other) => Math.abs(difference(other)) - Math.abs(difference(one))),
    households: changed.flatMap((one) => {
      const household = named.get(one.accountId);
      return household ? [{ ...one, ...household, maskedName: maskName(household.headName) }] : [];
    }),
    unchanged: households.length - changed.length,
    bands: BANDS.map((band) => ({
      band,
      households: households.filter((one) => bandOf(difference(one)) === band).length,
    })),
  };
}

function bandOf(centipoints: number): Band {
  if (centipoints === 0) return 'same';
  const size = Math.abs(centipoints) >= 1_000 ? '10' : Math.abs(centipoints) >= 500 ? '5' : '';
  return `${centipoints < 0 ? 'lose' : 'gain'}${size}`;
}
