import { sql } from 'drizzle-orm';
import { bigint, boolean, check, date, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';

/**
 * 积分事项: what earns (positive) or costs (negative) points, append-only. A change is a new version with the meeting that decided
 * it and the act that says so; version 1 of the county's rules came with the founding. An award names the version it used.
 */
export const ruleVersion = pgTable(
  'rule_version',
  {
    villageId: integer('village_id').notNull(),
    code: text('code').notNull(),
    version: integer('version').notNull(),
    category: text('category').notNull(),
    name: text('name').notNull(),
    pinyin: text('pinyin').notNull(),
    initials: text('initials').notNull(),
    pointsCentipoints: integer('points_centipoints').notNull(),
    unit: text('unit').notNull(),
    capPeriod: text('cap_period'),
    capMaxCount: integer('cap_max_count'),
    capMaxCentipoints: integer('cap_max_centipoints'),
    /** Whose the cap is: a household's, or each person's. */
    capPer: text('cap_per').notNull().default('household'),
    evidence: text('evidence').notNull(),
    approvalPath: text('approval_path').notNull(),
    effectiveFrom: date('effective_from').notNull(),
    position: integer('position').notNull(),
    /** From its effective day on the rule is used no more. */
    isEnded: boolean('is_ended').notNull().default(false),
    /** Date and number of the meeting that decided it. */
    meeting: text('meeting').notNull().default(''),
    /** Who allowed a rule about what needs a named decision; empty for all others. */
    decidedBy: text('decided_by').notNull().default(''),
    /** The act in the public record; none for what came with the founding. */
    seq: bigint('seq', { mode: 'number' }),
  },
  (table) => [
    primaryKey({ name: 'rule_version_pk', columns: [table.villageId, table.code, table.version] }),
    check('rule_version_points_not_zero', sql`${table.pointsCentipoints} <> 0`),
    check(
      'rule_version_cap_period_known',
      sql`${table.capPeriod} in ('day', 'week', 'month', 'quarter', 'year', 'occasion')`,
    ),
    check('rule_version_cap_per_known', sql`${table.capPer} in ('household', 'person')`),
  ],
);

/** How far a village may go with its rules, and the most that a household can earn; left out means without such a limit. */
export const ruleTerms = pgTable(
  'rule_terms',
  {
    villageId: integer('village_id').notNull(),
    ownRulesMax: integer('own_rules_max').notNull(),
    ownPointsMaxCentipoints: integer('own_points_max_centipoints').notNull(),
    monthMaxCentipoints: integer('month_max_centipoints'),
    yearMaxCentipoints: integer('year_max_centipoints'),
  },
  (table) => [
    primaryKey({ name: 'rule_terms_pk', columns: [table.villageId] }),
    check(
      'rule_terms_own_rules_not_negative',
      sql`${table.ownRulesMax} >= 0 and ${table.ownPointsMaxCentipoints} >= 0`,
    ),
    check('rule_terms_limits_positive', sql`${table.monthMaxCentipoints} > 0 and ${table.yearMaxCentipoints} > 0`),
  ],
);
