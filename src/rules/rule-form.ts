import { z } from 'zod';
import { dayText } from '../platform/calendar-text.ts';
import { allOf, lastOf } from '../platform/http/form-fields.ts';
import { parsePoints } from '../platform/points.ts';
import { ruleCategories } from './categories.ts';
import { type RuleChange, SMALLEST_STEP_CENTIPOINTS } from './decide-rule-change.ts';
import { APPROVAL_PATHS, CAP_PER, CAP_PERIODS } from './village-rules.ts';

/** What stands in the fields of the form, kept when it comes back. */
const RULE_FIELDS = [
  'category',
  'name',
  'points',
  'unit',
  'capPeriod',
  'capMaxCount',
  'capMaxPoints',
  'capPer',
  'evidence',
  'approvalPath',
  'effectiveFrom',
  'meeting',
  'decidedBy',
  'ends',
] as const;

export type RuleField = (typeof RULE_FIELDS)[number];
/** What is said at a field that is wrong. */
export const ERRORS = {
  category: 'rules.form.categoryError',
  name: 'rules.form.nameError',
  points: 'rules.form.pointsError',
  unit: 'rules.form.unitError',
  capPeriod: 'rules.form.capPeriodError',
  capMaxCount: 'rules.form.capMaxCountError',
  capMaxPoints: 'rules.form.capMaxPointsError',
  capPer: 'rules.form.capPerError',
  evidence: 'rules.form.evidenceError',
  approvalPath: 'rules.form.approvalPathError',
  effectiveFrom: 'rules.form.effectiveFromError',
  meeting: 'rules.form.meetingError',
  decidedBy: 'rules.form.decidedByError',
  ends: 'rules.form.effectiveFromError',
} as const satisfies Record<RuleField, string>;

export type RuleValues = Partial<Record<RuleField, string>>;

export const ruleName = z.string().min(2).max(30);
export const ruleUnit = z.string().min(1).max(6);
export const ruleEvidence = z.string().min(2).max(40);
export const meetingRecord = z.string().min(4).max(60);
/** An office and what it decided by, never left half said. */
export const decidingOffice = z.string().min(2).max(40);
export const approvalPath = z.enum(APPROVAL_PATHS);
export const ruleCategory = z.string().refine((code) => ruleCategories.some((category) => category.code === code));
export const rulePoints = z
  .int()
  .min(-10_000)
  .max(10_000)
  .refine((points) => points !== 0 && points % SMALLEST_STEP_CENTIPOINTS === 0, 'steps of a tenth');

const typed = <Schema extends z.ZodType>(schema: Schema) => z.preprocess(lastOf, schema);
const points = z.string().transform((text) => parsePoints(text.normalize('NFKC').replace('−', '-')));
const count = z
  .string()
  .transform((text) => Number(text.normalize('NFKC')))
  .pipe(z.int().min(1).max(1_000));

const decision = {
  effectiveFrom: typed(dayText),
  meeting: typed(meetingRecord),
  decidedBy: typed(decidingOffice.optional()),
};

const wording = z.object({
  name: typed(ruleName),
  points: typed(points.pipe(rulePoints)),
  unit: typed(ruleUnit),
  capPeriod: typed(z.enum(CAP_PERIODS).optional()),
  capMaxCount: typed(count.optional()),
  capMaxPoints: typed(points.pipe(z.int().min(SMALLEST_STEP_CENTIPOINTS).max(100_000)).optional()),
  capPer: typed(z.enum(CAP_PER).optional()),
  evidence: typed(ruleEvidence),
  approvalPath: typed(approvalPath.optional()),
  ...decision,
});

/** The change that was typed, or the fields that are wrong. `code` is null for a rule that is new. */
export function readRuleChange(
  code: string | null,
  body: Record<string, unknown>,
): { change: RuleChange } | { wrong: RuleField[] } {
  if (code !== null && lastOf(body['ends']) === 'yes') {
    const parsed = z.object(decision).safeParse(body);
    return parsed.success ? { change: { kind: 'end', code, ...parsed.data } } : { wrong: fieldsOf(parsed.error) };
  }
  const parsed = wording.safeParse(body);
  const category = typed(ruleCategory).safeParse(body['category']);
  const wrong: RuleField[] = parsed.success ? [] : fieldsOf(parsed.error);
  if (code === null && !category.success) wrong.unshift('category');
  // A period says nothing without a number, and a number nothing without its period.
  const has = (field: RuleField) => lastOf(body[field]) !== undefined;
  const limits = Number(has('capMaxCount')) + Number(has('capMaxPoints'));
  if (has('capPeriod') ? limits === 0 : limits > 0) wrong.push(has('capPeriod') ? 'capMaxCount' : 'capPeriod');
  // Without a number there is nothing that could be each person's.
  if (lastOf(body['capPer']) === 'person' && limits === 0) wrong.push('capPer');
  if (!parsed.success || wrong.length > 0) return { wrong };
  const {
    points: pointsCentipoints,
    capPeriod = null,
    capMaxCount = null,
    capMaxPoints,
    capPer,
    ...rest
  } = parsed.data;
  const decided = {
    ...rest,
    pointsCentipoints,
    capPeriod,
    capMaxCount,
    capMaxCentipoints: capMaxPoints === undefined ? null : Math.sign(pointsCentipoints) * capMaxPoints,
    capPer,
  };
  if (code !== null) return { change: { kind: 'change', code, ...decided } };
  return { change: { kind: 'new', category: category.data ?? '', ...decided } };
}

function fieldsOf({ issues }: z.ZodError): RuleField[] {
  const names = new Set(issues.map(({ path }) => String(path[0])));
  return RULE_FIELDS.filter((field) => names.has(field));
}

export function typedRule(body: Record<string, unknown>): RuleValues {
  return Object.fromEntries(
    RULE_FIELDS.flatMap((field) => (allOf(body[field]).length > 0 ? [[field, lastOf(body[field]) ?? '']] : [])),
  );
}
