/** What a customer display shows, and who waits on a day at the counter. Nothing here is part of any record. */
import { sql } from 'drizzle-orm';
import {
  check,
  date,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import { household } from '../cards/schema.ts';
import { person, region, session } from '../people/schema.ts';

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

/** 开市日: a day on which numbers are given. Whoever changes anything of its queue holds this row, so nobody is called twice. */
export const queueDay = pgTable(
  'queue_day',
  {
    villageId: integer('village_id').notNull(),
    day: date('day').notNull(),
    openedBy: integer('opened_by').notNull(),
    openedAt: timestamp('opened_at', { withTimezone: true }).notNull().defaultNow(),
    /** From then on no more numbers are given; who waits is still called. */
    closedAt: timestamp('closed_at', { withTimezone: true }),
    lastNumber: integer('last_number').notNull().default(0),
    lastPlace: integer('last_place').notNull().default(0),
  },
  (table) => [
    primaryKey({ name: 'queue_day_pk', columns: [table.villageId, table.day] }),
    foreignKey({ name: 'queue_day_village_fk', columns: [table.villageId], foreignColumns: [region.regionId] }),
    foreignKey({ name: 'queue_day_opened_by_fk', columns: [table.openedBy], foreignColumns: [person.personId] }),
    check('queue_day_numbers_few', sql`${table.lastNumber} between 0 and 999`),
  ],
);

/** 号: one place in the queue of a day. Whose it was is forgotten when the next day opens. */
export const queueNumber = pgTable(
  'queue_number',
  {
    villageId: integer('village_id').notNull(),
    day: date('day').notNull(),
    number: integer('number').notNull(),
    /** None where a number was given to whoever stood there. */
    householdId: integer('household_id'),
    state: text('state', { enum: ['waiting', 'called', 'served', 'missed', 'left'] })
      .notNull()
      .default('waiting'),
    /** In the order in which they are called; who is put back gets a later one. */
    place: integer('place').notNull(),
    /** Drawn with the form, so that a second press is given the number of the first. */
    takenKey: text('taken_key').notNull(),
    takenAt: timestamp('taken_at', { withTimezone: true }).notNull().defaultNow(),
    /** The sign-in at the counter that called it; it may have ended since. */
    sessionId: text('session_id'),
    calledAt: timestamp('called_at', { withTimezone: true }),
    callCount: integer('call_count').notNull().default(0),
  },
  (table) => [
    primaryKey({ name: 'queue_number_pk', columns: [table.villageId, table.day, table.number] }),
    foreignKey({
      name: 'queue_number_day_fk',
      columns: [table.villageId, table.day],
      foreignColumns: [queueDay.villageId, queueDay.day],
    }),
    foreignKey({
      name: 'queue_number_household_fk',
      columns: [table.villageId, table.householdId],
      foreignColumns: [household.villageId, household.householdId],
    }),
    foreignKey({
      name: 'queue_number_session_fk',
      columns: [table.sessionId],
      foreignColumns: [session.sessionId],
    }).onDelete('set null'),
    unique('queue_number_key_unique').on(table.villageId, table.day, table.takenKey),
    check('queue_number_state_known', sql`${table.state} in ('waiting', 'called', 'served', 'missed', 'left')`),
    check('queue_number_called_sometime', sql`${table.state} in ('waiting', 'left') or ${table.callCount} > 0`),
    uniqueIndex('queue_number_household_unique')
      .on(table.villageId, table.day, table.householdId)
      .where(sql`${table.state} in ('waiting', 'called', 'missed')`),
    index('queue_number_household_index').on(table.villageId, table.householdId),
    index('queue_number_session_index').on(table.sessionId),
  ],
);
