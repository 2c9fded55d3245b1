import type { RecordBody, RecordCheck } from './record-schema.ts';

/** The village's whole ledger, beyond the month. */
export interface LedgerFigures {
  entriesCentipoints: number;
  balancesCentipoints: number;
  moves: number;
  lots: number;
  acts: number;
  logSize: number;
}

/** Each figure of a record reached twice, by different ways; a record with one that differs is not published. */
export function checkRecord(record: RecordBody, ledger: LedgerFigures): RecordCheck[] {
  const { totals, rules, exchanges, exchangedGoods, stock } = record;
  const { openingCentipoints, openedCentipoints, givenCentipoints, takenCentipoints, exchangedCentipoints } = totals;
  const goneCentipoints = (totals.expiredCentipoints ?? 0) + (totals.returnedCentipoints ?? 0);
  return [
    check(
      'points_chain',
      'centipoints',
      openingCentipoints +
        openedCentipoints +
        givenCentipoints -
        takenCentipoints -
        exchangedCentipoints -
        goneCentipoints +
        (totals.convertedCentipoints ?? 0) +
        (totals.settledCentipoints ?? 0),
      totals.closingCentipoints,
    ),
    check(
      'rules_sum',
      'centipoints',
      givenCentipoints - takenCentipoints,
      sum(rules, ({ centipoints }) => centipoints),
    ),
    check(
      'exchanges_sum',
      'centipoints',
      exchangedCentipoints,
      sum(exchanges, ({ centipoints }) => centipoints),
    ),
    check(
      'goods_sum',
      'centipoints',
      exchangedCentipoints,
      sum(exchangedGoods, ({ centipoints }) => centipoints),
    ),
    check(
      'stock_chain',
      'count',
      sum(stock, ({ opening, received, issued, adjusted = 0 }) => opening + received - issued + adjusted),
      sum(stock, ({ closing }) => closing),
    ),
    check('ledger_balances', 'centipoints', ledger.entriesCentipoints, ledger.balancesCentipoints),
    check('ledger_stock', 'count', ledger.moves, ledger.lots),
    check('record_complete', 'count', ledger.logSize, ledger.acts),
  ];
}

function check(name: RecordCheck['name'], unit: RecordCheck['unit'], expected: number, actual: number): RecordCheck {
  return { name, unit, expected, actual, ok: expected === actual };
}

function sum<Line>(lines: readonly Line[], figure: (line: Line) => number): number {
  return lines.reduce((total, line) => total + figure(line), 0);
}
