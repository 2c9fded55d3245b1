import { sql } from 'drizzle-orm';
import { check, foreignKey, index, integer, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';
import { household } from '../cards/schema.ts';

/**
 * 心愿: what is personal about a wish. What became of it is in the acts that name `wish_id`; a row without an act is a wish whose
 * filing was refused. The act of the filing holds a salted hash of the household's pseudonym, so a wish is nobody else's afterwards.
 */
export const wish = pgTable(
  'wish',
  {
    villageId: integer('village_id').notNull(),
    wishId: text('wish_id').notNull(),
    householdId: integer('household_id').notNull(),
    salt: text('salt').notNull(),
    /** As it was filed; what stands on the wall is what somebody checked. */
    words: text('words').notNull(),
    contact: text('contact'),
    photos: text('photos').array().notNull(),
    filedAt: timestamp('filed_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ name: 'wish_pk', columns: [table.villageId, table.wishId] }),
    foreignKey({
      name: 'wish_household_fk',
      columns: [table.villageId, table.householdId],
      foreignColumns: [household.villageId, household.householdId],
    }),
    check('wish_id_form', sql`${table.wishId} ~ '^[A-Z2-9]{16}$'`),
    index('wish_household_index').on(table.villageId, table.householdId),
  ],
);
