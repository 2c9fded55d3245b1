import { sql } from 'drizzle-orm';
import {
  bigint,
  check,
  foreignKey,
  integer,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core';

/**
 * 盘点: a count that is under way or was one. `cursor` is the size of the record when it was opened. What came of it are acts; until
 * then it moves nothing.
 */
export const stocktake = pgTable(
  'stocktake',
  {
    villageId: integer('village_id').notNull(),
    stocktakeId: integer('stocktake_id').generatedAlwaysAsIdentity(),
    kind: text('kind', { enum: ['first', 'monthly', 'yearly', 'handover'] }).notNull(),
    state: text('state', { enum: ['counting', 'reviewing', 'posted', 'abandoned'] }).notNull(),
    openedBy: integer('opened_by').notNull(),
    openedAt: timestamp('opened_at', { withTimezone: true }).notNull(),
    cursor: bigint('cursor', { mode: 'number' }).notNull(),
    /** Who counts along: the storekeeper never counts alone. */
    secondCounter: text('second_counter').notNull(),
    reviewedBy: integer('reviewed_by'),
    closedBy: integer('closed_by'),
    closedAt: timestamp('closed_at', { withTimezone: true }),
    operationId: text('operation_id'),
  },
  (table) => [
    primaryKey({ name: 'stocktake_pk', columns: [table.villageId, table.stocktakeId] }),
    check('stocktake_kind_known', sql`${table.kind} in ('first', 'monthly', 'yearly', 'handover')`),
    check('stocktake_state_known', sql`${table.state} in ('counting', 'reviewing', 'posted', 'abandoned')`),
    check(
      'stocktake_closed_at_its_end',
      sql`(${table.state} in ('posted', 'abandoned')) = (${table.closedAt} is not null)`,
    ),
    check('stocktake_posted_by_act', sql`(${table.state} = 'posted') = (${table.operationId} is not null)`),
    uniqueIndex('stocktake_one_at_a_time').on(table.villageId).where(sql`${table.state} in ('counting', 'reviewing')`),
  ],
);

/** What was counted of one kind of goods. `cursor` is the size of the record that the counted number belongs to. */
export const stocktakeLine = pgTable(
  'stocktake_line',
  {
    villageId: integer('village_id').notNull(),
    stocktakeId: integer('stocktake_id').notNull(),
    goodsId: integer('goods_id').notNull(),
    counted: integer('counted').notNull(),
    cursor: bigint('cursor', { mode: 'number' }).notNull(),
    countedBy: integer('counted_by').notNull(),
    cause: text('cause', {
      enum: ['damaged', 'expired', 'unrecorded', 'miscounted', 'lost', 'recalled', 'unexplained', 'other'],
    }),
  },
  (table) => [
    primaryKey({ name: 'stocktake_line_pk', columns: [table.villageId, table.stocktakeId, table.goodsId] }),
    foreignKey({
      name: 'stocktake_line_stocktake_fk',
      columns: [table.villageId, table.stocktakeId],
      foreignColumns: [stocktake.villageId, stocktake.stocktakeId],
    }),
    check('stocktake_line_not_negative', sql`${table.counted} >= 0`),
  ],
);
