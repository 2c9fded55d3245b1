import { sql } from 'drizzle-orm';
import { boolean, check, index, integer, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core';

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
