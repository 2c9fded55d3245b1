/** What a customer display shows, for as long as it is on. Nothing here is part of any record. */
import { sql } from 'drizzle-orm';
import { foreignKey, index, integer, jsonb, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';
import { region, session } from '../people/schema.ts';

/** A till is a sign-in at a counter; its row is there while a display follows it and goes with the sign-in. */
export const till = pgTable(
  'till',
  {
    sessionId: text('session_id').notNull(),
    villageId: integer('village_id').notNull(),
    shown: jsonb('shown').notNull().default(sql`'{"kind":"idle"}'`),
    changedAt: timestamp('changed_at', { withTimezone: true }).notNull().defaultNow(),
    /** When a display asked last; without one the till tells nobody anything. */
    watchedAt: timestamp('watched_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ name: 'till_pk', columns: [table.sessionId] }),
    foreignKey({
      name: 'till_session_fk',
      columns: [table.sessionId],
      foreignColumns: [session.sessionId],
    }).onDelete('cascade'),
    foreignKey({ name: 'till_village_fk', columns: [table.villageId], foreignColumns: [region.regionId] }),
    index('till_village_index').on(table.villageId),
  ],
);
