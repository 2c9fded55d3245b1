import type { Reader } from '../platform/database/db.ts';

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
  evidence: string;
  effectiveFrom: string;
}

type CapPeriod = 'day' | 'week' | 'month' | 'quarter' | 'year' | 'occasion';

/** The rule table as it holds on a day, in the order in which it is printed. */
export async function villageRules(sql: Reader, villageId: number, day: string): Promise<Rule[]> {
  return sql<Rule[]>`
    select ${ruleColumns(sql)}
      from rule_version
     where village_id = ${villageId}
       and effective_from <= ${day}
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
export async function ruleOn(sql: Reader, villageId: number, code: string, day: string): Promise<Rule | null> {
  const [rule] = await sql<Rule[]>`
    select ${ruleColumns(sql)}
      from rule_version
     where village_id = ${villageId}
       and code = ${code}
       and effective_from <= ${day}
     order by version desc
     limit 1`;
  return rule ?? null;
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
    evidence,
    effective_from as "effectiveFrom"`;
}
