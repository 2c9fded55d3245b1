import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
} from 'drizzle-orm/pg-core';
import { person, region } from '../people/schema.ts';
import { bytea } from '../platform/database/bytea.ts';

/**
 * A photo, or a voice note, that was taken in: the picture itself lies in the store under its hash. Several rows may show the same
 * picture.
 */
export const photo = pgTable(
  'photo',
  {
    photoId: integer('photo_id').generatedAlwaysAsIdentity(),
    villageId: integer('village_id').notNull(),
    /** In addresses and acts. */
    publicId: text('public_id').notNull(),
    sha256: bytea('sha256').notNull(),
    bytes: integer('bytes').notNull(),
    width: integer('width').notNull(),
    height: integer('height').notNull(),
    /** What it is, as its own bytes say: a picture drawn anew, or a sound as it came, without measures. */
    media: text('media', { enum: ['jpeg', 'webm', 'ogg', 'mp4', 'mp3', 'wav'] })
      .notNull()
      .default('jpeg'),
    purpose: text('purpose').notNull(),
    /** Everybody may see it; else who may read the village. */
    isPublic: boolean('is_public').notNull(),
    /** Null when it came from a household's own page. */
    addedBy: integer('added_by'),
    addedAt: timestamp('added_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ name: 'photo_pk', columns: [table.photoId] }),
    unique('photo_public_id_unique').on(table.publicId),
    foreignKey({ name: 'photo_village_fk', columns: [table.villageId], foreignColumns: [region.regionId] }),
    foreignKey({ name: 'photo_person_fk', columns: [table.addedBy], foreignColumns: [person.personId] }),
    check('photo_purpose_form', sql`${table.purpose} ~ '^[a-z_]{1,30}$'`),
    check('photo_hash_length', sql`octet_length(${table.sha256}) = 32`),
    check('photo_media_known', sql`${table.media} in ('jpeg', 'webm', 'ogg', 'mp4', 'mp3', 'wav')`),
    check(
      'photo_measures',
      sql`${table.bytes} > 0 and (${table.media} = 'jpeg') = (${table.width} > 0 and ${table.height} > 0)`,
    ),
    index('photo_content_index').on(table.villageId, table.sha256),
  ],
);
