import type { Reader } from '../platform/database/db.ts';
import { parsePoints } from '../platform/points.ts';
import { textSearchKeys } from '../platform/search-keys.ts';
import template from './county-template.json' with { type: 'json' };

/** Gives a village the county's rule table as version 1 of each rule. */
export async function adoptTemplate(sql: Reader, villageId: number, effectiveFrom: string): Promise<void> {
  knownRows ??= templateRows();
  await sql`
    insert into rule_version
      (village_id, code, version, category, name, pinyin, initials, points_centipoints, unit, cap_period, cap_max_count,
       cap_max_centipoints, evidence, approval_path, effective_from, position)
    select ${villageId}, code, 1, category, name, pinyin, initials, "pointsCentipoints", unit, "capPeriod", "capMaxCount",
           "capMaxCentipoints", evidence, "approvalPath", ${effectiveFrom}, position
      from jsonb_to_recordset(${sql.json(knownRows)}) as rows(
        code text, category text, name text, pinyin text, initials text, "pointsCentipoints" integer, unit text,
        "capPeriod" text, "capMaxCount" integer, "capMaxCentipoints" integer, evidence text, "approvalPath" text,
        position integer
      )`;
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
