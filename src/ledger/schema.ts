import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  date,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
} from 'drizzle-orm/pg-core';
import { FUNDS } from './funds.ts';

/** What a point is worth in a village, what a new card starts with, and how long points live; months left out mean for ever. */
export const villageTerms = pgTable(
  'village_terms',
  {
    villageId: integer('village_id').notNull(),
    openingCentipoints: integer('opening_centipoints').notNull(),
    fenPerPoint: integer('fen_per_point').notNull(),
    earnedMonths: integer('earned_months'),
    openingMonths: integer('opening_months'),
    /** How long the points of a household wait after its last member has left. */
    vacancyMonths: integer('vacancy_months').notNull().default(12),
  },
  (table) => [
    primaryKey({ name: 'village_terms_pk', columns: [table.villageId] }),
    check('village_terms_opening_not_negative', sql`${table.openingCentipoints} >= 0`),
    check('village_terms_rate_positive', sql`${table.fenPerPoint} > 0`),
    check(
      'village_terms_months_positive',
      sql`${table.earnedMonths} > 0 and ${table.openingMonths} > 0 and ${table.vacancyMonths} > 0`,
    ),
  ],
);

/**
 * A household's points of one kind: the balance is the balance after entry number `last_n`, never more and never less. Honour points
 * are a series of their own: nothing is bought with them, and they never expire. Nothing is spent below the floor; a deduction that
 * is larger than what is there may leave less, which later earnings settle.
 * `pseudonym` is the random name under which the account stands in the public log.
 */
export const account = pgTable(
  'account',
  {
    villageId: integer('village_id').notNull(),
    accountId: integer('account_id').generatedAlwaysAsIdentity(),
    holderId: integer('holder_id').notNull(),
    kind: text('kind', { enum: ['spendable', 'pending', 'honor', 'gift'] }).notNull(),
    status: text('status', { enum: ['registered', 'active', 'frozen', 'closed'] }).notNull(),
    balanceCentipoints: bigint('balance_centipoints', { mode: 'number' }).notNull().default(0),
    floorCentipoints: bigint('floor_centipoints', { mode: 'number' }).notNull().default(0),
    lastN: bigint('last_n', { mode: 'number' }).notNull().default(0),
    pseudonym: text('pseudonym').notNull(),
  },
  (table) => [
    primaryKey({ name: 'account_pk', columns: [table.villageId, table.accountId] }),
    unique('account_holder_kind_unique').on(table.villageId, table.holderId, table.kind),
    unique('account_pseudonym_unique').on(table.villageId, table.pseudonym),
    check('account_kind_known', sql`${table.kind} in ('spendable', 'pending', 'honor', 'gift')`),
    check('account_status_known', sql`${table.status} in ('registered', 'active', 'frozen', 'closed')`),
    check('account_closed_is_empty', sql`${table.status} <> 'closed' or ${table.balanceCentipoints} = 0`),
  ],
);

/** Points moved, append-only: `n` counts from 1 without a gap in each account, and each entry has its act in the public log. */
export const entry = pgTable(
  'entry',
  {
    villageId: integer('village_id').notNull(),
    accountId: integer('account_id').notNull(),
    n: bigint('n', { mode: 'number' }).notNull(),
    seq: bigint('seq', { mode: 'number' }).notNull(),
    amountCentipoints: bigint('amount_centipoints', { mode: 'number' }).notNull(),
    balanceAfterCentipoints: bigint('balance_after_centipoints', { mode: 'number' }).notNull(),
    occurredOn: date('occurred_on').notNull(),
  },
  (table) => [
    primaryKey({ name: 'entry_pk', columns: [table.villageId, table.accountId, table.n] }),
    unique('entry_act_unique').on(table.villageId, table.seq),
    foreignKey({
      name: 'entry_account_fk',
      columns: [table.villageId, table.accountId],
      foreignColumns: [account.villageId, account.accountId],
    }),
    check('entry_amount_not_zero', sql`${table.amountCentipoints} <> 0`),
    check('entry_n_positive', sql`${table.n} > 0`),
  ],
);

/**
 * Goods that came in together: one source, one fund, one unit value, one use-by date. The quantity is that after move number
 * `last_n`. A lot of the time before funds were named has none; `gift_seq` is the number of the gift's act that it came from.
 */
export const stockLot = pgTable(
  'stock_lot',
  {
    villageId: integer('village_id').notNull(),
    lotId: integer('lot_id').generatedByDefaultAsIdentity(),
    goodsId: integer('goods_id').notNull(),
    sourceKind: text('source_kind', { enum: ['donation', 'purchase'] }).notNull(),
    sourceName: text('source_name').notNull(),
    fund: text('fund', { enum: FUNDS }),
    giftSeq: bigint('gift_seq', { mode: 'number' }),
    /** A second person has yet to look at what came in; until then nothing of it is handed out. */
    awaitsCheck: boolean('awaits_check').notNull().default(false),
    unitValueFen: integer('unit_value_fen').notNull(),
    useBy: date('use_by'),
    quantityOnHand: integer('quantity_on_hand').notNull().default(0),
    lastN: bigint('last_n', { mode: 'number' }).notNull().default(0),
  },
  (table) => [
    primaryKey({ name: 'stock_lot_pk', columns: [table.villageId, table.lotId] }),
    check('stock_lot_source_known', sql`${table.sourceKind} in ('donation', 'purchase')`),
    check('stock_lot_gift_not_negative', sql`${table.giftSeq} >= 0`),
    check('stock_lot_quantity_not_negative', sql`${table.quantityOnHand} >= 0`),
    check('stock_lot_value_not_negative', sql`${table.unitValueFen} >= 0`),
    index('stock_lot_on_hand_index').on(table.villageId, table.goodsId).where(sql`${table.quantityOnHand} > 0`),
  ],
);

/** Stock moved, append-only: `n` counts from 1 without a gap in each lot. An issue keeps the price at which it was exchanged. */
export const stockMove = pgTable(
  'stock_move',
  {
    villageId: integer('village_id').notNull(),
    lotId: integer('lot_id').notNull(),
    n: bigint('n', { mode: 'number' }).notNull(),
    seq: bigint('seq', { mode: 'number' }).notNull(),
    goodsId: integer('goods_id').notNull(),
    quantity: integer('quantity').notNull(),
    quantityAfter: integer('quantity_after').notNull(),
    unitPriceCentipoints: integer('unit_price_centipoints'),
    occurredOn: date('occurred_on').notNull(),
  },
  (table) => [
    primaryKey({ name: 'stock_move_pk', columns: [table.villageId, table.lotId, table.n] }),
    foreignKey({
      name: 'stock_move_lot_fk',
      columns: [table.villageId, table.lotId],
      foreignColumns: [stockLot.villageId, stockLot.lotId],
    }),
    check('stock_move_quantity_not_zero', sql`${table.quantity} <> 0`),
    check('stock_move_n_positive', sql`${table.n} > 0`),
    index('stock_move_act_index').on(table.villageId, table.seq),
    index('stock_move_goods_index').on(table.villageId, table.goodsId, table.occurredOn),
  ],
);

/** Months whose record is published: they take no new act, except a correction. */
export const closedPeriod = pgTable(
  'closed_period',
  {
    villageId: integer('village_id').notNull(),
    month: text('month').notNull(),
    closedAtSeq: bigint('closed_at_seq', { mode: 'number' }).notNull(),
  },
  (table) => [
    primaryKey({ name: 'closed_period_pk', columns: [table.villageId, table.month] }),
    check('closed_period_month_form', sql`${table.month} ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'`),
  ],
);
