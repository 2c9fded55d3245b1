import { sql } from 'drizzle-orm';
import { check, foreignKey, integer, jsonb, pgTable, primaryKey, text, timestamp, unique } from 'drizzle-orm/pg-core';
import { person, region } from '../people/schema.ts';

/**
 * 导入: a press that confirmed the rows of a table, how far it is, and what came of it. Only numbers stand here, never a row of the
 * file. A run that stopped to say how far it is has died with its process.
 */
export const importRun = pgTable(
  'import_run',
  {
    villageId: integer('village_id').notNull(),
    importId: text('import_id').notNull(),
    kind: text('kind').notNull(),
    /** Drawn with the preview. */
    importKey: text('import_key').notNull(),
    startedBy: integer('started_by').notNull(),
    startedAt: timestamp('started_at', { withTimezone: true }).notNull().defaultNow(),
    heardOfAt: timestamp('heard_of_at', { withTimezone: true }).notNull().defaultNow(),
    /** Counts the starts: a press after a cancellation begins anew under the same name. */
    attempt: integer('attempt').notNull().default(1),
    state: text('state').notNull().default('running'),
    rowsDone: integer('rows_done').notNull().default(0),
    rowsInAll: integer('rows_in_all').notNull(),
    /** What was recorded in numbers, or the refusal. */
    outcome: jsonb('outcome'),
  },
  (table) => [
    primaryKey({ name: 'import_run_pk', columns: [table.villageId, table.importId] }),
    unique('import_run_key_unique').on(table.villageId, table.kind, table.importKey),
    foreignKey({ name: 'import_run_village_fk', columns: [table.villageId], foreignColumns: [region.regionId] }),
    foreignKey({ name: 'import_run_started_by_fk', columns: [table.startedBy], foreignColumns: [person.personId] }),
    check('import_run_kind_known', sql`${table.kind} in ('households', 'rules', 'goods')`),
    check(
      'import_run_state_known',
      sql`${table.state} in ('running', 'recording', 'done', 'refused', 'cancelled', 'failed')`,
    ),
    check('import_run_rows_few', sql`${table.rowsDone} between 0 and ${table.rowsInAll}`),
  ],
);
