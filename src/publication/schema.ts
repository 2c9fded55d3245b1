import { sql } from 'drizzle-orm';
import { bigint, check, integer, jsonb, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';
import { bytea } from '../platform/database/bytea.ts';

/** A month's exchange record as it was published: frozen content, numbered; a correction is the next version. */
export const publication = pgTable(
  'publication',
  {
    villageId: integer('village_id').notNull(),
    month: text('month').notNull(),
    version: integer('version').notNull(),
    seq: bigint('seq', { mode: 'number' }).notNull(),
    throughSeq: bigint('through_seq', { mode: 'number' }).notNull(),
    publishedBy: integer('published_by').notNull(),
    publishedAt: timestamp('published_at', { withTimezone: true }).notNull(),
    content: jsonb('content').notNull(),
    contentHash: bytea('content_hash').notNull(),
  },
  (table) => [
    primaryKey({ name: 'publication_pk', columns: [table.villageId, table.month, table.version] }),
    check('publication_version_positive', sql`${table.version} > 0`),
  ],
);
