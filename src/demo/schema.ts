import { sql } from 'drizzle-orm';
import { check, integer, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';

/**
 * One row in a database that holds the demonstration, none in any other. Not finished means that the load was interrupted and
 * nobody has ever been served. The hash is that of the password which all demonstration accounts share.
 */
export const demoLoad = pgTable(
  'demo_load',
  {
    demoLoadId: integer('demo_load_id').notNull().default(1),
    startedAt: timestamp('started_at', { withTimezone: true }).notNull().defaultNow(),
    finishedAt: timestamp('finished_at', { withTimezone: true }),
    passwordHash: text('password_hash').notNull(),
  },
  (table) => [
    primaryKey({ name: 'demo_load_pk', columns: [table.demoLoadId] }),
    check('demo_load_one_row', sql`${table.demoLoadId} = 1`),
  ],
);
