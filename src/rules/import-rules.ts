import type { Reader } from '../platform/database/db.ts';
import { previewRuleChange } from './change-rule.ts';
import type { DecidedVersion, RuleChangeRefusal } from './decide-rule-change.ts';
import type { RuleRow } from './decide-rule-rows.ts';
import { type RuleField, readRuleChange } from './rule-form.ts';
import { ruleVersions } from './village-rules.ts';

/** When and where it was decided, for all rows of a table together. */
export interface TableDecision {
  meeting: string;
  effectiveFrom: string;
}

export type PreviewedRow = RuleRow & { body: Record<string, string> } & (
    | { outcome: 'new' | 'change' | 'end'; after: DecidedVersion; beforeCentipoints: number | null }
    | { outcome: 'same' }
    | { outcome: 'problem'; wrong: RuleField[]; refusal: RuleChangeRefusal | null }
  );

/** What would become of each row: the ordinary decision, and nothing written. */
export async function previewRules(
  sql: Reader,
  villageId: number,
  rows: readonly RuleRow[],
  decision: TableDecision,
  today: string,
): Promise<PreviewedRow[]> {
  const previewed: PreviewedRow[] = [];
  for (const row of rows) previewed.push(await previewRow(sql, villageId, row, decision, today));
  return previewed;
}

async function previewRow(
  sql: Reader,
  villageId: number,
  row: RuleRow,
  decision: TableDecision,
  today: string,
): Promise<PreviewedRow> {
  const body = { ...row.fields, ...decision };
  const read = readRuleChange(row.code, body);
  if ('wrong' in read) return { ...row, body, outcome: 'problem', wrong: read.wrong, refusal: null };
  const after = await previewRuleChange(sql, villageId, read.change, today);
  if ('refused' in after) {
    // A rule that is ended already, or stands as it is written, needs nothing.
    if (after.refused === 'rule_unchanged' || (after.refused === 'rule_ended' && read.change.kind === 'end')) {
      return { ...row, body, outcome: 'same' };
    }
    return { ...row, body, outcome: 'problem', wrong: [], refusal: after };
  }
  const [before] = row.code === null ? [] : await ruleVersions(sql, villageId, row.code);
  return { ...row, body, outcome: read.change.kind, after, beforeCentipoints: before?.pointsCentipoints ?? null };
}
