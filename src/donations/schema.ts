import { sql } from 'drizzle-orm';
import { check, foreignKey, index, integer, pgTable, primaryKey, text, timestamp, unique } from 'drizzle-orm/pg-core';
import { person, region } from '../people/schema.ts';

/** 捐赠人. The public record names them by `public_id` alone; how a page names them is theirs to choose. */
export const donor = pgTable(
  'donor',
  {
    donorId: integer('donor_id').generatedAlwaysAsIdentity(),
    villageId: integer('village_id').notNull(),
    publicId: text('public_id').notNull(),
    kind: text('kind', { enum: ['enterprise', 'person', 'department'] }).notNull(),
    name: text('name').notNull(),
    /** By name, as 爱心人士 alone, or as 爱心人士 with initials. */
    appears: text('appears', { enum: ['named', 'kind', 'initials'] }).notNull(),
    initials: text('initials').notNull(),
    contact: text('contact'),
    /** Whose account sees what became of the gifts. */
    personId: integer('person_id'),
    addedAt: timestamp('added_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ name: 'donor_pk', columns: [table.donorId] }),
    unique('donor_public_id_unique').on(table.publicId),
    unique('donor_person_unique').on(table.villageId, table.personId),
    foreignKey({ name: 'donor_village_fk', columns: [table.villageId], foreignColumns: [region.regionId] }),
    foreignKey({ name: 'donor_person_fk', columns: [table.personId], foreignColumns: [person.personId] }),
    check('donor_kind_known', sql`${table.kind} in ('enterprise', 'person', 'department')`),
    check('donor_appears_known', sql`${table.appears} in ('named', 'kind', 'initials')`),
    index('donor_village_index').on(table.villageId, table.name),
  ],
);
