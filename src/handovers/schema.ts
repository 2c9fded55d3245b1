import { sql } from 'drizzle-orm';
import { check, index, integer, jsonb, pgTable, primaryKey, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core';
import type { OpenItem } from './open-items.ts';

/**
 * 移交: one person hands the shop to another, on a count that both sign. A work list: that it is complete, or that the township let it
 * be, is an act of the record. That the count is done is not kept here; the count's own row says it.
 */
export const handover = pgTable(
  'handover',
  {
    villageId: integer('village_id').notNull(),
    handoverId: integer('handover_id').generatedAlwaysAsIdentity(),
    role: text('role', { enum: ['manager', 'storekeeper'] }).notNull(),
    state: text('state', { enum: ['opened', 'listed', 'complete', 'cancelled', 'waived'] }).notNull(),
    fromPersonId: integer('from_person_id').notNull(),
    /** Null where the township waived it before there was a successor. */
    toPersonId: integer('to_person_id'),
    openedBy: integer('opened_by').notNull(),
    openedAt: timestamp('opened_at', { withTimezone: true }).notNull(),
    /** The count that the list of what is open was made on. */
    stocktakeId: integer('stocktake_id'),
    /** What was open when it was listed, as it stands on the certificate. */
    openItems: jsonb('open_items').$type<OpenItem[]>(),
    /** Names the list that both sign: listing again takes signatures away. */
    listedAt: timestamp('listed_at', { withTimezone: true }),
    fromSignedAt: timestamp('from_signed_at', { withTimezone: true }),
    toSignedAt: timestamp('to_signed_at', { withTimezone: true }),
    reason: text('reason'),
    closedAt: timestamp('closed_at', { withTimezone: true }),
    operationId: text('operation_id'),
  },
  (table) => [
    primaryKey({ name: 'handover_pk', columns: [table.villageId, table.handoverId] }),
    check('handover_role_known', sql`${table.role} in ('manager', 'storekeeper')`),
    check('handover_state_known', sql`${table.state} in ('opened', 'listed', 'complete', 'cancelled', 'waived')`),
    check('handover_between_two', sql`${table.fromPersonId} <> ${table.toPersonId}`),
    check('handover_by_act', sql`(${table.state} in ('complete', 'waived')) = (${table.operationId} is not null)`),
    index('handover_village_index').on(table.villageId, table.fromPersonId),
    uniqueIndex('handover_one_at_a_time')
      .on(table.villageId, table.role)
      .where(sql`${table.state} in ('opened', 'listed')`),
  ],
);
