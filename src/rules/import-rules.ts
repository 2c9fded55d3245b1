import { createHash } from 'node:crypto';
import { canonicalJson } from '../auditlog/index.ts';
import { AT_ONCE } from '../imports/index.ts';
import { atOneSize, type CarryOutRefusal, carryOut, type Decided, type PostedOperation } from '../ledger/index.ts';
import type { Db, Reader } from '../platform/database/db.ts';
import { villageSettings } from '../settings/index.ts';
import { countyCentipoints } from './adopt-template.ts';
import { positionAfterAll, recordVersions, withoutGaps } from './change-rule.ts';
import type { DecidedVersion, RuleChange } from './decide-rule-change.ts';
import type { RuleRow } from './decide-rule-rows.ts';
import { type DecidedRow, decideRuleTable, type RuleTableBasis } from './decide-rule-table.ts';
import { type RuleField, readRuleChange } from './rule-form.ts';
import { ruleTerms } from './rule-terms.ts';
import { isOwnRule, lastRuleVersions, OWN_RULE_PREFIX } from './village-rules.ts';

/** When and where it was decided, for all rows of a table together. */
export interface TableDecision {
  meeting: string;
  effectiveFrom: string;
}

export type PreviewedRow = RuleRow & { body: Record<string, string> } & (
    | Extract<DecidedRow, { outcome: 'new' | 'change' | 'end' }>
    | { outcome: 'same' }
    | { outcome: 'problem'; wrong: RuleField[]; refusal: Extract<DecidedRow, { outcome: 'problem' }>['refusal'] | null }
  );

/** What would become of each row: the ordinary decision, and nothing written. */
export async function previewRules(
  sql: Reader,
  villageId: number,
  rows: readonly RuleRow[],
  decision: TableDecision,
  today: string,
): Promise<{ rows: PreviewedRow[]; lookedAt: string }> {
  const read = rows.map((row) => {
    const body = { ...row.fields, ...decision };
    return { row: { ...row, body }, read: readRuleChange(row.code, body) };
  });
  const changes = read.flatMap(({ read: one }) => ('change' in one ? [one.change] : []));
  const decided = [...decideRuleTable(changes, await tableBasis(sql, villageId, today))];
  const place = decided.values();
  const previewed = read.map(({ row, read: one }): PreviewedRow => {
    if ('wrong' in one) return { ...row, outcome: 'problem', wrong: one.wrong, refusal: null };
    const next = place.next().value;
    if (!next) throw new Error('each row that was read was decided');
    return next.outcome === 'problem' ? { ...row, ...next, wrong: [] } : { ...row, ...next };
  });
  return { rows: previewed, lookedAt: lookedAt(decided) };
}

export type RuleImportRefusal = { refused: 'rules_nothing_new' } | { refused: 'rules_import_changed' };

/**
 * 导入细则: what somebody has looked at, in one call with an act for each rule; all of it or nothing. A repeat with the same key answers
 * as the first time, and the same table under another key finds nothing to change.
 */
export async function importRules(
  db: Db,
  input: {
    villageId: number;
    idempotencyKey: string;
    recordedBy: number;
    today: string;
    changes: readonly RuleChange[];
    /** Names what somebody looked at: what is recorded is that, or nothing. */
    lookedAt: string;
  },
  turns = AT_ONCE,
): Promise<PostedOperation | RuleImportRefusal | CarryOutRefusal> {
  const { villageId, idempotencyKey, recordedBy, today, changes } = input;
  const asked = { import: changes.map(withoutGaps) };
  const request = { villageId, kind: 'rule', idempotencyKey, request: asked, recordedBy } as const;
  const decide = async (expectedSize: number): Promise<RuleImportRefusal | Decided> => {
    const decided = await turns.decide(decideRuleTable(changes, await tableBasis(db.sql, villageId, today)));
    const versions = versionsOf(decided);
    if (versions.length === 0) return { refused: 'rules_nothing_new' };
    if (lookedAt(decided) !== input.lookedAt) return { refused: 'rules_import_changed' };
    await turns.record();
    // The next codes and places are free as long as nobody decides anything else.
    return { ...recordVersions(versions, today), expectedSize };
  };
  return carryOut(db, request, () => atOneSize(db.sql, villageId, decide));
}

function versionsOf(decided: readonly DecidedRow[]): DecidedVersion[] {
  return decided.flatMap((row) => ('after' in row ? [row.after] : []));
}

function lookedAt(decided: readonly DecidedRow[]): string {
  return createHash('sha256')
    .update(canonicalJson(versionsOf(decided).map((version) => ({ ...version }))))
    .digest('hex');
}

async function tableBasis(sql: Reader, villageId: number, today: string): Promise<RuleTableBasis> {
  const [last, terms, nextPosition, settings] = await Promise.all([
    lastRuleVersions(sql, villageId),
    ruleTerms(sql, villageId),
    positionAfterAll(sql, villageId),
    villageSettings(sql, villageId),
  ]);
  return {
    today,
    last,
    countyCentipoints,
    isOwn: isOwnRule,
    ownPrefix: OWN_RULE_PREFIX,
    nextPosition,
    ownRulesMax: terms.ownRulesMax,
    ownPointsMaxCentipoints: terms.ownPointsMaxCentipoints,
    stepCentipoints: settings.ruleStepCentipoints,
  };
}
