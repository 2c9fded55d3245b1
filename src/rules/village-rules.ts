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
    select code, version, category, name, pinyin, initials, "pointsCentipoints", unit, "capPeriod", "capMaxCount",
           "capMaxCentipoints", evidence, "effectiveFrom"
      from (
        select distinct on (code)
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
               effective_from as "effectiveFrom",
               position
          from rule_version
         where village_id = ${villageId}
           and effective_from <= ${day}
         order by code, version desc
      ) as current
     order by position, code`;
}

/** One rule as it holds on a day; null when there is none. */
export async function ruleOn(sql: Reader, villageId: number, code: string, day: string): Promise<Rule | null> {
  const rules = await villageRules(sql, villageId, day);
  return rules.find((rule) => rule.code === code) ?? null;
}
