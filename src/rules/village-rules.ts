import type { Reader } from '../platform/database/db.ts';
import { type Read, readAlone, toRead } from '../platform/database/read-at-once.ts';

/** A rule in the version that holds on a day. */
export interface Rule {
  code: string;
  version: number;
  category: string;
  name: string;
  pinyin: string;
  initials: string;
  /** Negative for a deduction. */
  pointsCentipoints: number;
  unit: string;
  capPeriod: CapPeriod | null;
  capMaxCount: number | null;
  capMaxCentipoints: number | null;
  capPer: CapPer;
  evidence: string;
  approvalPath: ApprovalPath;
  /** Who allowed a rule that needs a named decision; empty for all others. */
  decidedBy: string;
  effectiveFrom: string;
}

/** A version with what makes it one: who decided it, and where it stands in the public record. */
export interface RuleVersion extends Rule {
  position: number;
  /** From the effective day on the rule is used no more. */
  isEnded: boolean;
  /** Date and number of the meeting; empty for what came with the founding. */
  meeting: string;
  /** Number of the act; null for what came with the founding. */
  seq: number | null;
}

/** Through whose hands an award by the rule goes before it counts. */
export const APPROVAL_PATHS = [
  'GROUP_THEN_COMMITTEE',
  'GROUP_THEN_COMMITTEE_THEN_PUBLICITY',
  'INSPECTION_TEAM_2OF3',
] as const;

export type ApprovalPath = (typeof APPROVAL_PATHS)[number];

export const CAP_PERIODS = ['day', 'week', 'month', 'quarter', 'year', 'occasion'] as const;

export type CapPeriod = (typeof CAP_PERIODS)[number];

/** Whose a cap is: the household's together, or that of each person who is named. */
export const CAP_PER = ['household', 'person'] as const;

export type CapPer = (typeof CAP_PER)[number];

/** The rule table as it holds on a day, in the order in which it is printed. */
export async function villageRules(sql: Reader, villageId: number, day: string): Promise<Rule[]> {
  return sql<Rule[]>`
    select ${ruleColumns(sql)}
      from rule_version
     where village_id = ${villageId}
       and effective_from <= ${day}
       and not is_ended
       and not exists (
         select
           from rule_version as later
          where later.village_id = rule_version.village_id
            and later.code = rule_version.code
            and later.version > rule_version.version
            and later.effective_from <= ${day}
       )
     order by position, code`;
}

/** One rule as it holds on a day; null when there is none. */
export function ruleOn(sql: Reader, villageId: number, code: string, day: string): Promise<Rule | null> {
  return readAlone(ruleRead(sql, villageId, code, day));
}

export function ruleRead(sql: Reader, villageId: number, code: string, day: string): Read<Rule | null> {
  const query = sql<(Rule & { isEnded: boolean })[]>`
    select ${ruleColumns(sql)},
           is_ended as "isEnded"
      from rule_version
     where village_id = ${villageId}
       and code = ${code}
       and effective_from <= ${day}
     order by version desc
     limit 1`;
  return toRead(query, ([rule]) => (rule && !rule.isEnded ? rule : null));
}

/** Every version of every rule, one rule after the other. */
export async function allRuleVersions(sql: Reader, villageId: number): Promise<RuleVersion[]> {
  return sql<RuleVersion[]>`
    select ${versionColumns(sql)}
      from rule_version
     where village_id = ${villageId}
     order by code, version`;
}

/** Every version of a rule, the latest first; those to come included. */
export async function ruleVersions(sql: Reader, villageId: number, code: string): Promise<RuleVersion[]> {
  return sql<RuleVersion[]>`
    select ${versionColumns(sql)}
      from rule_version
     where village_id = ${villageId}
       and code = ${code}
     order by version desc`;
}

/** The last version of every rule, those to come and ended ones included. */
export async function lastRuleVersions(sql: Reader, villageId: number): Promise<RuleVersion[]> {
  return sql<RuleVersion[]>`
    select distinct on (code)
           ${versionColumns(sql)}
      from rule_version
     where village_id = ${villageId}
     order by code, version desc`;
}

function versionColumns(sql: Reader) {
  return sql`
    ${ruleColumns(sql)},
    position,
    is_ended as "isEnded",
    meeting,
    seq`;
}

/** The last version of every rule of the village's own, ended ones included, by code. */
export async function ownRules(sql: Reader, villageId: number): Promise<{ code: string; isEnded: boolean }[]> {
  return sql<{ code: string; isEnded: boolean }[]>`
    select distinct on (code)
           code,
           is_ended as "isEnded"
      from rule_version
     where village_id = ${villageId}
       and code like ${`${OWN_RULE_PREFIX}%`}
     order by code, version desc`;
}

/** With which the codes of a village's own rules begin. */
export const OWN_RULE_PREFIX = 'OWN-';

export function isOwnRule(code: string): boolean {
  return code.startsWith(OWN_RULE_PREFIX);
}

function ruleColumns(sql: Reader) {
  return sql`
    code,
    version,
    category,
    name,
    pinyin,
    initials,
    points_centipoints as "pointsCentipoints",
    unit,
    cap_period as "capPeriod",
    cap_max_count as "capMaxCount",
    cap_max_centipoints as "capMaxCentipoints",
    cap_per as "capPer",
    evidence,
    approval_path as "approvalPath",
    decided_by as "decidedBy",
    effective_from as "effectiveFrom"`;
}
