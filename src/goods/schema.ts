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

/** 物品: what may stand on a village's shelf, at which price in points. How many there are is known by the ledger's lots alone. */
export const goods = pgTable(
  'goods',
  {
    villageId: integer('village_id').notNull(),
    goodsId: integer('goods_id').generatedAlwaysAsIdentity(),
    code: text('code').notNull(),
    barcode: text('barcode'),
    zone: text('zone', { enum: ['GRAIN_OIL', 'DAILY', 'WASH', 'CLOTH', 'AGRI', 'APPL'] }).notNull(),
    name: text('name').notNull(),
    pinyin: text('pinyin').notNull(),
    initials: text('initials').notNull(),
    spec: text('spec').notNull(),
    unit: text('unit').notNull(),
    unitValueFen: integer('unit_value_fen').notNull(),
    priceCentipoints: integer('price_centipoints').notNull(),
    shelfLifeMonths: integer('shelf_life_months'),
    monthlyQuota: integer('monthly_quota'),
    /** Not as long as nobody has approved the first price; what is there may come in, but not go out. */
    isOffered: boolean('is_offered').notNull().default(true),
  },
  (table) => [
    primaryKey({ name: 'goods_pk', columns: [table.villageId, table.goodsId] }),
    unique('goods_code_unique').on(table.villageId, table.code),
    unique('goods_barcode_unique').on(table.villageId, table.barcode),
    check('goods_zone_known', sql`${table.zone} in ('GRAIN_OIL', 'DAILY', 'WASH', 'CLOTH', 'AGRI', 'APPL')`),
    check('goods_price_positive', sql`${table.priceCentipoints} > 0`),
    check('goods_value_not_negative', sql`${table.unitValueFen} >= 0`),
    index('goods_zone_index').on(table.villageId, table.zone),
  ],
);

/**
 * What the storekeeper asks for and somebody else decides: a price set by hand, the first price of goods that the village added, goods
 * written off. A work list: what was approved is an act of the record, and only the act counts.
 */
export const goodsProposal = pgTable(
  'goods_proposal',
  {
    villageId: integer('village_id').notNull(),
    proposalId: integer('proposal_id').generatedAlwaysAsIdentity(),
    kind: text('kind', { enum: ['price', 'first', 'writeoff'] }).notNull(),
    goodsId: integer('goods_id').notNull(),
    priceCentipoints: integer('price_centipoints'),
    lotId: integer('lot_id'),
    quantity: integer('quantity'),
    reason: text('reason').notNull(),
    proposedBy: integer('proposed_by').notNull(),
    proposedAt: timestamp('proposed_at', { withTimezone: true }).notNull(),
    state: text('state', { enum: ['open', 'approved', 'declined', 'withdrawn'] })
      .notNull()
      .default('open'),
    decidedBy: integer('decided_by'),
    decidedAt: timestamp('decided_at', { withTimezone: true }),
    decidedWhy: text('decided_why'),
    operationId: text('operation_id'),
  },
  (table) => [
    primaryKey({ name: 'goods_proposal_pk', columns: [table.villageId, table.proposalId] }),
    foreignKey({
      name: 'goods_proposal_goods_fk',
      columns: [table.villageId, table.goodsId],
      foreignColumns: [goods.villageId, goods.goodsId],
    }),
    check('goods_proposal_kind_known', sql`${table.kind} in ('price', 'first', 'writeoff')`),
    check('goods_proposal_state_known', sql`${table.state} in ('open', 'approved', 'declined', 'withdrawn')`),
    check(
      'goods_proposal_is_whole',
      sql`case ${table.kind}
            when 'writeoff' then ${table.priceCentipoints} is null and ${table.lotId} is not null and ${table.quantity} > 0
            else ${table.priceCentipoints} > 0 and ${table.lotId} is null and ${table.quantity} is null
          end`,
    ),
    check('goods_proposal_decided_once', sql`(${table.state} = 'open') = (${table.decidedAt} is null)`),
    check('goods_proposal_approved_by_act', sql`(${table.state} = 'approved') = (${table.operationId} is not null)`),
    index('goods_proposal_open_index').on(table.villageId, table.proposalId).where(sql`${table.state} = 'open'`),
  ],
);

/**
 * 没有货: what somebody wanted and the shelf did not have, for whoever buys. Of whom it was asked stands nowhere; `want_key` only keeps
 * one press from counting twice.
 */
export const goodsWant = pgTable(
  'goods_want',
  {
    villageId: integer('village_id').notNull(),
    wantKey: text('want_key').notNull(),
    goodsId: integer('goods_id').notNull(),
    quantity: integer('quantity').notNull(),
    /** The counter refused it, or somebody wrote it down. */
    source: text('source', { enum: ['refused', 'noted'] }).notNull(),
    wantedAt: timestamp('wanted_at', { withTimezone: true }).notNull(),
  },
  (table) => [
    primaryKey({ name: 'goods_want_pk', columns: [table.villageId, table.wantKey, table.goodsId] }),
    foreignKey({
      name: 'goods_want_goods_fk',
      columns: [table.villageId, table.goodsId],
      foreignColumns: [goods.villageId, goods.goodsId],
    }),
    check('goods_want_quantity_small', sql`${table.quantity} between 1 and 99`),
    check('goods_want_source_known', sql`${table.source} in ('refused', 'noted')`),
    index('goods_want_goods_index').on(table.villageId, table.goodsId, table.wantedAt),
  ],
);
