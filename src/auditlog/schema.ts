import { sql } from 'drizzle-orm';
import {
  bigint,
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
import { bytea } from '../platform/database/bytea.ts';

/** How many acts a village's log holds. Its row lock is the only one that a whole village shares, and it is taken last. */
export const logHead = pgTable(
  'log_head',
  {
    villageId: integer('village_id').notNull(),
    size: bigint('size', { mode: 'number' }).notNull().default(0),
  },
  (table) => [
    primaryKey({ name: 'log_head_pk', columns: [table.villageId] }),
    check('log_head_size_not_negative', sql`${table.size} >= 0`),
  ],
);

/** One thing that somebody did in one go: the acts from `first_seq` on, kept with the key and the hash of the request. */
export const operation = pgTable(
  'operation',
  {
    villageId: integer('village_id').notNull(),
    operationId: text('operation_id').notNull(),
    kind: text('kind').notNull(),
    idempotencyKey: text('idempotency_key').notNull(),
    requestHash: bytea('request_hash').notNull(),
    recordedBy: integer('recorded_by').notNull(),
    recordedAt: timestamp('recorded_at', { withTimezone: true }).notNull(),
    firstSeq: bigint('first_seq', { mode: 'number' }).notNull(),
    actCount: integer('act_count').notNull(),
  },
  (table) => [
    primaryKey({ name: 'operation_pk', columns: [table.villageId, table.operationId] }),
    unique('operation_idempotency_key_unique').on(table.villageId, table.idempotencyKey),
    unique('operation_first_seq_unique').on(table.villageId, table.firstSeq),
    check('operation_has_acts', sql`${table.actCount} > 0`),
  ],
);

/**
 * The public record, append-only: `seq` counts from 0 without a gap in each village and is the leaf's index in the
 * village's Merkle tree. `leaf` holds the exact bytes that were hashed; `facts` the same public facts for reading.
 */
export const act = pgTable(
  'act',
  {
    villageId: integer('village_id').notNull(),
    seq: bigint('seq', { mode: 'number' }).notNull(),
    actId: text('act_id').notNull(),
    operationId: text('operation_id').notNull(),
    type: text('type').notNull(),
    occurredOn: date('occurred_on').notNull(),
    recordedAt: timestamp('recorded_at', { withTimezone: true }).notNull(),
    recordedBy: integer('recorded_by').notNull(),
    reversesSeq: bigint('reverses_seq', { mode: 'number' }),
    facts: jsonb('facts').notNull(),
    leaf: bytea('leaf').notNull(),
    leafHash: bytea('leaf_hash').notNull(),
  },
  (table) => [
    primaryKey({ name: 'act_pk', columns: [table.villageId, table.seq] }),
    unique('act_id_unique').on(table.villageId, table.actId),
    uniqueIndex('act_reversed_once_unique')
      .on(table.villageId, table.reversesSeq)
      .where(sql`${table.reversesSeq} is not null`),
    foreignKey({
      name: 'act_reverses_fk',
      columns: [table.villageId, table.reversesSeq],
      foreignColumns: [table.villageId, table.seq],
    }),
    check('act_seq_not_negative', sql`${table.seq} >= 0`),
    check('act_reverses_earlier', sql`${table.reversesSeq} < ${table.seq}`),
    // The length of an entry has two bytes in a bundle.
    check('act_leaf_fits_bundle', sql`octet_length(${table.leaf}) <= 65535`),
    index('act_names_change_index').on(table.villageId, table.seq).where(sql`${table.type} = 'names.change'`),
    index('act_settings_change_index').on(table.villageId, table.seq).where(sql`${table.type} = 'settings.change'`),
    index('act_rate_change_index').on(table.villageId, table.seq).where(sql`${table.type} = 'rate.change'`),
    index('act_claim_index')
      .on(table.villageId, sql`(${table.facts} ->> 'claim')`)
      .where(sql`${table.facts} ? 'claim'`),
    index('act_member_index')
      .on(table.villageId, sql`(${table.facts} ->> 'member')`)
      .where(sql`${table.facts} ? 'member'`),
    index('act_reminder_index')
      .on(table.villageId, sql`(${table.facts} ->> 'reminder')`)
      .where(sql`${table.facts} ? 'reminder'`),
    index('act_reminder_give_index').on(table.villageId, table.seq).where(sql`${table.type} = 'reminder.give'`),
    index('act_duties_waive_index').on(table.villageId, table.seq).where(sql`${table.type} = 'duties.waive'`),
    index('act_goods_index')
      .on(table.villageId, sql`(${table.facts} ->> 'item')`, table.seq)
      .where(sql`${table.type} in ('goods.price', 'goods.terms', 'goods.restrict')`),
    index('act_goods_rename_index')
      .on(table.villageId, sql`(${table.facts} ->> 'item')`, table.seq)
      .where(sql`${table.type} = 'goods.rename'`),
    uniqueIndex('act_voucher_unique')
      .on(table.villageId, sql`(${table.facts} ->> 'voucher')`)
      .where(sql`${table.type} = 'stock.in' and ${table.facts} ? 'voucher'`),
    index('act_shop_index')
      .on(table.villageId, table.type, table.seq)
      .where(
        sql`${table.type} in (
          'stock.check', 'stock.adjust', 'stock.writeoff', 'stocktake', 'points.hold', 'handover', 'handover.waive'
        )`,
      ),
    index('act_gift_index')
      .on(table.villageId, table.seq)
      .where(sql`${table.facts} ? 'gift' or ${table.facts} ? 'giftSeq'`),
    uniqueIndex('act_gift_receipt_unique')
      .on(table.villageId, sql`(${table.facts} ->> 'receipt')`)
      .where(sql`${table.type} = 'gift.receive'`),
    index('act_wish_index').on(table.villageId, table.seq).where(sql`${table.facts} ? 'wish'`),
    index('act_activity_index')
      .on(table.villageId, sql`(${table.facts} ->> 'activity')`)
      .where(sql`${table.facts} ? 'activity'`),
    // What is kept as acts alone: visits, problems, samples, honours, activities.
    index('act_kept_index')
      .on(table.villageId, table.type, table.seq)
      .where(
        sql`${table.type} in (
          'inspection.plan', 'inspection.result', 'problem.find', 'problem.assign', 'problem.fix', 'problem.check',
          'problem.close', 'problem.defer', 'sample.draw', 'sample.check', 'honor.open', 'honor.nominate',
          'honor.close', 'honor.award', 'honor.withdraw', 'honor.move', 'activity', 'activity.member'
        )`,
      ),
    index('act_occurred_on_index').on(table.villageId, table.occurredOn),
  ],
);

/** The personal part of an act, of which the leaf holds only salted digests. Erasure empties these rows; the log still verifies. */
export const disclosure = pgTable(
  'disclosure',
  {
    villageId: integer('village_id').notNull(),
    seq: bigint('seq', { mode: 'number' }).notNull(),
    openings: jsonb('openings').notNull(),
  },
  (table) => [
    primaryKey({ name: 'disclosure_pk', columns: [table.villageId, table.seq] }),
    foreignKey({
      name: 'disclosure_act_fk',
      columns: [table.villageId, table.seq],
      foreignColumns: [act.villageId, act.seq],
    }),
  ],
);

/**
 * Full tiles of a village's Merkle tree, append-only and made by the database out of the acts. `hashes` are 256 in a row,
 * `root` is what the level above holds of them. Partial tiles are never stored.
 */
export const logTile = pgTable(
  'log_tile',
  {
    villageId: integer('village_id').notNull(),
    level: integer('level').notNull(),
    index: bigint('index', { mode: 'number' }).notNull(),
    hashes: bytea('hashes').notNull(),
    root: bytea('root').notNull(),
  },
  (table) => [
    primaryKey({ name: 'log_tile_pk', columns: [table.villageId, table.level, table.index] }),
    check('log_tile_is_full', sql`octet_length(${table.hashes}) = 8192`),
    check('log_tile_root_is_hash', sql`octet_length(${table.root}) = 32`),
  ],
);

/**
 * The name and the key under which each log of a village was first signed, append-only: beside the guard file, the second
 * witness. A village has a second log only when its first one could not go on.
 */
export const publicLog = pgTable(
  'public_log',
  {
    villageId: integer('village_id').notNull(),
    origin: text('origin').notNull(),
    vkey: text('vkey').notNull(),
    begunAt: timestamp('begun_at', { withTimezone: true }).notNull(),
  },
  (table) => [primaryKey({ name: 'public_log_pk', columns: [table.villageId, table.origin] })],
);
