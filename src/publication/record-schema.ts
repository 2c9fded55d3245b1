/**
 * The content of a published record, version 1 of its form. It is frozen as canonical JSON: integers only, names masked,
 * nothing left out silently (null instead). `record` is what two versions are compared by; the rest is about this version.
 */
import { z } from 'zod';

export const CONTENT_FORM = 1;

const count = z.int();
const centipoints = z.int();
const fen = z.int();
const seq = z.int().min(0);
const day = z.iso.date();

const goodsName = { code: z.string(), name: z.string(), spec: z.string(), unit: z.string() };

/** Masked name, group, and the last digits of the household's first card: enough to find oneself, not to look others up. */
const household = z.object({ name: z.string(), group: z.string(), number: z.string() });

export const recordTotals = z.object({
  openingCentipoints: centipoints,
  /** Points of newly opened cards. */
  openedCentipoints: centipoints,
  openedCount: count,
  givenCentipoints: centipoints,
  givenCount: count,
  takenCentipoints: centipoints,
  takenCount: count,
  exchangedCentipoints: centipoints,
  exchangedCount: count,
  /** Only in a month that had any: points too old, and those of a household that nobody is left of. */
  expiredCentipoints: centipoints.exactOptional(),
  expiredCount: count.exactOptional(),
  returnedCentipoints: centipoints.exactOptional(),
  returnedCount: count.exactOptional(),
  /** Only in a month that had any: points that went from one household to another; the village holds as many as before. */
  movedCentipoints: centipoints.exactOptional(),
  movedCount: count.exactOptional(),
  /** Only in a month in which a point became worth something else: what that added to the points, or took, without their worth. */
  convertedCentipoints: centipoints.exactOptional(),
  convertedCount: count.exactOptional(),
  /** Only in a month that had any: what was taken or given back of before a point became worth something else. */
  settledCentipoints: centipoints.exactOptional(),
  settledCount: count.exactOptional(),
  closingCentipoints: centipoints,
  receivedValueFen: fen,
  issuedValueFen: fen,
  stockValueFen: fen,
});

const ruleLine = z.object({
  code: z.string(),
  name: z.string(),
  kind: z.enum(['award', 'deduct']),
  count,
  households: count,
  centipoints,
});

const householdLine = z.object({
  household,
  openedCentipoints: centipoints,
  givenCentipoints: centipoints,
  exchangedCentipoints: centipoints,
});

const exchangeLine = z.object({
  seq,
  day,
  household,
  goods: z.array(z.object({ ...goodsName, quantity: count, priceCentipoints: centipoints })),
  centipoints,
  balanceAfterCentipoints: centipoints,
});

/** Sums under the name of the month's end; the others under which the month's lines have them, where there are any. */
const sumName = { ...goodsName, otherNames: z.array(z.string()).exactOptional() };

const exchangedGoodsLine = z.object({ ...sumName, quantity: count, centipoints, valueFen: fen });

const receiptLine = z.object({
  seq,
  day,
  kind: z.enum(['donation', 'purchase']),
  source: z.string(),
  goods: z.array(z.object({ ...goodsName, quantity: count, unitValueFen: fen })),
  valueFen: fen,
});

const stockLine = z.object({
  ...sumName,
  opening: count,
  received: count,
  issued: count,
  /** Only where a count or a write-off changed it. */
  adjusted: count.exactOptional(),
  closing: count,
  valueFen: fen,
});

const reversalLine = z.object({
  seq,
  reversesSeq: seq,
  /** The day of the reversed act, to which the reversal belongs. */
  day,
  recordedOn: day,
  type: z.enum(['points.award', 'points.deduct', 'points.redeem', 'points.expire', 'stock.in']),
  /** Null for a deduction or an expiry, whose household is never published, and for goods. */
  household: household.nullable(),
  rule: z.string().nullable(),
  goods: z.array(z.object({ ...goodsName, quantity: count })),
  centipoints: centipoints.nullable(),
});

export const recordBody = z.object({
  totals: recordTotals,
  rules: z.array(ruleLine),
  households: z.array(householdLine),
  exchanges: z.array(exchangeLine),
  exchangedGoods: z.array(exchangedGoodsLine),
  receipts: z.array(receiptLine),
  stock: z.array(stockLine),
  reversals: z.array(reversalLine),
});

/** Two figures that must be the same, reached by different ways. */
const recordCheck = z.object({
  name: z.enum([
    'points_chain',
    'rules_sum',
    'exchanges_sum',
    'goods_sum',
    'stock_chain',
    'ledger_balances',
    'ledger_stock',
    'record_complete',
  ]),
  unit: z.enum(['centipoints', 'count']),
  expected: z.int(),
  actual: z.int(),
  ok: z.boolean(),
});

const changeOf = <Part extends string, Line extends z.ZodType>(part: Part, line: Line) =>
  z.object({ part: z.literal(part), before: line.nullable(), after: line.nullable() });

/** A line added (before is null), removed (after is null) or changed since the version before. */
const recordChange = z.discriminatedUnion('part', [
  z.object({ part: z.literal('totals'), name: recordTotals.keyof(), before: z.int(), after: z.int() }),
  changeOf('reversals', reversalLine),
  changeOf('exchanges', exchangeLine),
  changeOf('receipts', receiptLine),
  changeOf('rules', ruleLine),
  changeOf('households', householdLine),
  changeOf('exchangedGoods', exchangedGoodsLine),
  changeOf('stock', stockLine),
]);

/** Of goods that the village added: what the hashes of their acts are made of, and how they were called from which act on. */
const ownGoods = z.object({
  code: z.string(),
  zone: z.string(),
  barcode: z.string().nullable(),
  unitValueFen: fen,
  names: z.array(z.object({ seq, name: z.string() })),
});

export const recordContent = z.object({
  form: z.literal(CONTENT_FORM),
  village: z.object({ code: z.string(), name: z.string() }),
  month: z.string(),
  version: count,
  /** The number of the last act that was taken into account. */
  throughSeq: seq,
  /** The last day of the month had passed when the record was published. */
  isWholeMonth: z.boolean(),
  record: recordBody,
  /** Only where the record has any. */
  ownGoods: z.array(ownGoods).exactOptional(),
  checks: z.array(recordCheck),
  /** Empty in the first version. */
  changes: z.array(recordChange),
});

export type RecordTotals = z.infer<typeof recordTotals>;
export type RecordHousehold = z.infer<typeof household>;
export type RuleLine = z.infer<typeof ruleLine>;
export type HouseholdLine = z.infer<typeof householdLine>;
export type ExchangeLine = z.infer<typeof exchangeLine>;
export type ExchangedGoodsLine = z.infer<typeof exchangedGoodsLine>;
export type ReceiptLine = z.infer<typeof receiptLine>;
export type StockLine = z.infer<typeof stockLine>;
export type ReversalLine = z.infer<typeof reversalLine>;
export type OwnGoods = z.infer<typeof ownGoods>;
export type RecordBody = z.infer<typeof recordBody>;
export type RecordCheck = z.infer<typeof recordCheck>;
export type RecordChange = z.infer<typeof recordChange>;
export type RecordContent = z.infer<typeof recordContent>;
