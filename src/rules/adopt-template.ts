import type { Reader } from '../platform/database/db.ts';
import { parsePoints } from '../platform/points.ts';
import { textSearchKeys } from '../platform/search-keys.ts';
import template from './county-template.json' with { type: 'json' };
import { type RuleTerms, USUAL_RULE_TERMS } from './rule-terms.ts';

/** Gives a new village the county's rule table as version 1 of each rule, and the limits of it. */
export async function adoptTemplate(
  sql: Reader,
  villageId: number,
  { effectiveFrom, terms }: { effectiveFrom: string; terms?: Partial<RuleTerms> | undefined },
): Promise<void> {
  knownRows ??= templateRows();
  await sql`
    select adopt_rules(
      ${villageId},
      ${sql.json(knownRows)},
      ${sql.json({ ...USUAL_RULE_TERMS, ...terms })},
      ${effectiveFrom}::date
    )`;
}

/** What the county's table gives or takes for a rule; null for one that is not in it. */
export function countyCentipoints(code: string): number | null {
  knownRows ??= templateRows();
  return knownRows.find((rule) => rule.code === code)?.pointsCentipoints ?? null;
}

const SAFETY: ReadonlySet<string> = new Set(
  template.rules.flatMap(({ code, ...rule }) => ('safety' in rule && rule.safety ? [code] : [])),
);

/** 安全事项: what cannot wait for somebody to put it right, by the county's table. A village's own rules never are. */
export function isSafetyRule({ code }: { code: string }): boolean {
  return SAFETY.has(code);
}

/** Worked out once: pinyin takes its time. */
let knownRows: ReturnType<typeof templateRows> | undefined;

function templateRows() {
  return template.rules.map((rule, position) => ({
    ...textSearchKeys(rule.name),
    code: rule.code,
    category: rule.category,
    name: rule.name,
    pointsCentipoints: centipoints(rule.points),
    unit: rule.unit,
    capPeriod: rule.cap?.period ?? null,
    capMaxCount: rule.cap?.maxCount ?? null,
    capMaxCentipoints: rule.cap?.maxPoints ? centipoints(rule.cap.maxPoints) : null,
    evidence: rule.evidence,
    approvalPath: rule.approvalPath,
    position,
  }));
}

function centipoints(text: string): number {
  const value = parsePoints(text);
  if (value === null) throw new Error(`the county's rule table has no such points: ${text}`);
  return value;
}
