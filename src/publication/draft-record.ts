import { nameSetting } from '../cards/index.ts';
import { foundingDay } from '../ledger/index.ts';
import type { Reader } from '../platform/database/db.ts';
import { checkRecord, type LedgerFigures } from './check-record.ts';
import { compareRecords } from './compare-records.ts';
import { exchangedGoodsLines, receiptLines, stockLines } from './record-goods.ts';
import { goodsOfRecord, nameAsThen, ownGoods } from './record-names.ts';
import { exchangeLines, householdLines, pointTotals, ruleLines } from './record-points.ts';
import { reversalLines } from './record-reversals.ts';
import { type OwnGoods, type RecordBody, type RecordChange, type RecordCheck, recordBody } from './record-schema.ts';
import { logSize, type RecordWindow, recordWindow } from './record-window.ts';

/** A month's record as it would be published now. */
export interface RecordDraft {
  /** How many acts the log held; a publication of this draft is stale as soon as there is one more. */
  size: number;
  foundedOn: string;
  record: RecordBody;
  /** What repeats the names of those goods that the village added. */
  ownGoods: OwnGoods[];
  checks: RecordCheck[];
  latestVersion: number | null;
  /** Against the latest version; empty when there is none. */
  changes: RecordChange[];
}

export async function draftRecord(sql: Reader, villageId: number, month: string): Promise<RecordDraft> {
  const [size, { level }] = await Promise.all([logSize(sql, villageId), nameSetting(sql, villageId)]);
  const window = recordWindow(villageId, month, size, level);
  const [foundedOn, computed, own, ledger, latest] = await Promise.all([
    foundingDay(sql, villageId),
    computeRecord(sql, window),
    ownGoods(sql, villageId),
    ledgerFigures(sql, window),
    latestRecord(sql, villageId, month),
  ]);
  const record = nameAsThen(computed, own, window.lastDay);
  return {
    size,
    foundedOn,
    record,
    ownGoods: goodsOfRecord(record, own),
    checks: checkRecord(record, ledger),
    latestVersion: latest?.version ?? null,
    changes: latest ? compareRecords(latest.record, record) : [],
  };
}

/** A handful of set-based queries over the same acts, however many households there are. */
async function computeRecord(sql: Reader, window: RecordWindow): Promise<RecordBody> {
  const [points, rules, households, exchanges, exchangedGoods, receipts, stock, reversals] = await Promise.all([
    pointTotals(sql, window),
    ruleLines(sql, window),
    householdLines(sql, window),
    exchangeLines(sql, window),
    exchangedGoodsLines(sql, window),
    receiptLines(sql, window),
    stockLines(sql, window),
    reversalLines(sql, window),
  ]);
  const totalValue = (lines: readonly { valueFen: number }[]) => lines.reduce((sum, { valueFen }) => sum + valueFen, 0);
  const totals = {
    ...points,
    receivedValueFen: totalValue(receipts),
    issuedValueFen: totalValue(exchangedGoods),
    stockValueFen: totalValue(stock),
  };
  // Proven here, because it is kept for ever: whole numbers, masked names, nothing missing.
  return recordBody.parse({ totals, rules, households, exchanges, exchangedGoods, receipts, stock, reversals });
}

/** One statement, so that entries and balances, moves and lots are those of the same moment. */
async function ledgerFigures(sql: Reader, { villageId, size }: RecordWindow): Promise<LedgerFigures> {
  const [figures] = await sql<LedgerFigures[]>`
    select (select coalesce(sum(amount_centipoints), 0)::bigint from entry where village_id = ${villageId})
             as "entriesCentipoints",
           (select coalesce(sum(balance_centipoints), 0)::bigint from account where village_id = ${villageId})
             as "balancesCentipoints",
           (select coalesce(sum(quantity), 0)::bigint from stock_move where village_id = ${villageId}) as moves,
           (select coalesce(sum(quantity_on_hand), 0)::bigint from stock_lot where village_id = ${villageId}) as lots,
           (select count(*) from act where village_id = ${villageId} and seq < ${size}) as acts,
           ${size}::bigint as "logSize"`;
  if (!figures) throw new Error('a query without a source of rows gave none');
  return figures;
}

async function latestRecord(
  sql: Reader,
  villageId: number,
  month: string,
): Promise<{ version: number; record: RecordBody } | null> {
  const [latest] = await sql<{ version: number; record: RecordBody }[]>`
    select version,
           content -> 'record' as record
      from publication
     where village_id = ${villageId}
       and month = ${month}
     order by version desc
     limit 1`;
  return latest ?? null;
}
