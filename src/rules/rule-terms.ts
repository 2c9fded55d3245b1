import type { Reader } from '../platform/database/db.ts';
import { type Read, readAtOnce, toRead } from '../platform/database/read-at-once.ts';
import { type Decisions, decidedSettingsRead } from '../settings/index.ts';

/** The most that a household can earn, honours left out; null means without such a limit. */
export interface HouseholdLimits {
  monthMaxCentipoints: number | null;
  yearMaxCentipoints: number | null;
}

export interface RuleTerms extends HouseholdLimits {
  /** How many rules of its own a village may have beside the county's. */
  ownRulesMax: number;
  /** How many points its own rules may give or take, and how far it may move the county's points. */
  ownPointsMaxCentipoints: number;
}

/** What a village begins with unless the county sets it otherwise. */
export const USUAL_RULE_TERMS: RuleTerms = {
  ownRulesMax: 5,
  ownPointsMaxCentipoints: 200,
  monthMaxCentipoints: 2_000,
  yearMaxCentipoints: 15_000,
};

/** The limits of a household as the village decided them; without a decision as they were at its founding. */
export async function ruleTerms(sql: Reader, villageId: number): Promise<RuleTerms> {
  const { founding, decided } = await readAtOnce<{ founding: RuleTerms; decided: Decisions }>(sql, {
    founding: foundingTermsRead(sql, villageId),
    decided: decidedSettingsRead(sql, villageId),
  });
  return ruleTermsAfter(founding, decided);
}

export function ruleTermsAfter(founding: RuleTerms, decided: Decisions): RuleTerms {
  const limit = (name: 'monthMaxCentipoints' | 'yearMaxCentipoints') => {
    const value = decided.get(name)?.value;
    return typeof value === 'number' || value === null ? value : founding[name];
  };
  return {
    ...founding,
    monthMaxCentipoints: limit('monthMaxCentipoints'),
    yearMaxCentipoints: limit('yearMaxCentipoints'),
  };
}

export function foundingTermsRead(sql: Reader, villageId: number): Read<RuleTerms> {
  const query = sql<RuleTerms[]>`
    select own_rules_max as "ownRulesMax",
           own_points_max_centipoints as "ownPointsMaxCentipoints",
           month_max_centipoints as "monthMaxCentipoints",
           year_max_centipoints as "yearMaxCentipoints"
      from rule_terms
     where village_id = ${villageId}`;
  return toRead(query, ([terms]) => {
    if (!terms) throw new Error(`village ${villageId} has no rule table`);
    return terms;
  });
}
