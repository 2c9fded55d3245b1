import { sql } from 'drizzle-orm';
import { bigint, check, integer, jsonb, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';

/**
 * The check of a village's record and books that somebody asked for: the one that is running, and what the last one found. A run
 * that stopped to say how far it is has died with its process.
 */
export const villageCheck = pgTable(
  'village_check',
  {
    villageId: integer('village_id').notNull(),
    runId: text('run_id'),
    runBy: integer('run_by'),
    runStartedAt: timestamp('run_started_at', { withTimezone: true }),
    runHeardOfAt: timestamp('run_heard_of_at', { withTimezone: true }),
    rowsDone: bigint('rows_done', { mode: 'number' }).notNull().default(0),
    rowsInAll: bigint('rows_in_all', { mode: 'number' }).notNull().default(0),
    finishedAt: timestamp('finished_at', { withTimezone: true }),
    finishedBy: integer('finished_by'),
    acts: bigint('acts', { mode: 'number' }).notNull().default(0),
    entries: bigint('entries', { mode: 'number' }).notNull().default(0),
    moves: bigint('moves', { mode: 'number' }).notNull().default(0),
    /** What does not hold, as `npm run verify` names it; empty when everything does. */
    findings: jsonb('findings').notNull().default([]),
  },
  (table) => [
    primaryKey({ name: 'village_check_pk', columns: [table.villageId] }),
    check('village_check_run_whole', sql`(${table.runId} is null) = (${table.runHeardOfAt} is null)`),
  ],
);
