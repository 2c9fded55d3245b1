import { sql } from 'drizzle-orm';
import { check, date, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';

/** 积分事项: what earns (positive) or costs (negative) points. A change is a new version; an act names the version it used. */
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
    evidence: text('evidence').notNull(),
    approvalPath: text('approval_path').notNull(),
    effectiveFrom: date('effective_from').notNull(),
    position: integer('position').notNull(),
  },
  (table) => [
    primaryKey({ name: 'rule_version_pk', columns: [table.villageId, table.code, table.version] }),
    check('rule_version_points_not_zero', sql`${table.pointsCentipoints} <> 0`),
    check(
      'rule_version_cap_period_known',
      sql`${table.capPeriod} in ('day', 'week', 'month', 'quarter', 'year', 'occasion')`,
    ),
  ],
);
