import { createHash } from 'node:crypto';
import { canonicalJson } from '../auditlog/index.ts';
import { AT_ONCE } from '../imports/index.ts';
import {
  atOneSize,
  type CarryOutRefusal,
  carryOut,
  type Decided,
  type PostedOperation,
  villageTerms,
} from '../ledger/index.ts';
import type { Db, Reader } from '../platform/database/db.ts';
import { villageSettings } from '../settings/index.ts';
import { adding, addingAct } from './add-goods.ts';
import { decideGoodsImport, type GoodsRow, type ImportBasis, type ImportedRow } from './decide-goods-import.ts';
import { knownGoods } from './goods-item.ts';
import { termsAct } from './set-terms.ts';

/** The most goods that one table may bring. */
export const MOST_GOODS = 500;

export interface GoodsPreview {
  rows: ImportedRow[];
  /** Names what somebody looked at: what is recorded is that, or nothing. */
  lookedAt: string;
}

/** In order of precedence. */
export type GoodsImportRefusal =
  | { refused: 'goods_import_problems'; problems: ImportedRow[] }
  | { refused: 'goods_import_changed' }
  | { refused: 'goods_nothing_new' };

/** What would become of each row; nothing is written. */
export async function previewGoods(sql: Reader, villageId: number, rows: readonly GoodsRow[]): Promise<GoodsPreview> {
  const decided = [...decideGoodsImport(rows, await importBasis(sql, villageId))];
  return { rows: decided, lookedAt: lookedAt(decided) };
}

/**
 * 导入物品: what a preview would do, all of it in one call. Without `lookedAt` nobody has looked, and a row with a problem is in the way
 * of all others. A repeat with the same key answers as the first time.
 */
export async function importGoods(
  db: Db,
  input: {
    villageId: number;
    idempotencyKey: string;
    recordedBy: number;
    today: string;
    rows: readonly GoodsRow[];
    lookedAt?: string | undefined;
  },
  turns = AT_ONCE,
): Promise<PostedOperation | GoodsImportRefusal | CarryOutRefusal> {
  const { villageId, idempotencyKey, recordedBy, today } = input;
  const rows = input.rows.map(({ row, code, goods, faults, limits }) => ({
    row,
    code,
    goods: { ...goods },
    faults: [...faults],
    limits: { ...limits },
  }));
  const request = { villageId, kind: 'goods', idempotencyKey, request: { import: rows }, recordedBy } as const;
  const decide = async (expectedSize: number): Promise<GoodsImportRefusal | Decided> => {
    const decided = await turns.decide(decideGoodsImport(rows, await importBasis(db.sql, villageId)));
    const problems = decided.filter(({ outcome }) => outcome === 'problem');
    if (input.lookedAt === undefined && problems.length > 0) return { refused: 'goods_import_problems', problems };
    if (input.lookedAt !== undefined && lookedAt(decided) !== input.lookedAt)
      return { refused: 'goods_import_changed' };
    const added = decided.filter((row) => row.outcome === 'new');
    const acts = [
      ...added.map((row) => addingAct(row.goods, row)),
      ...decided.filter(isTaken).flatMap(({ code, limits }) => (limits ? [termsAct(code, limits)] : [])),
    ];
    if (acts.length === 0) return { refused: 'goods_nothing_new' };
    await turns.record();
    return {
      acts,
      occurredOn: today,
      isCorrection: true,
      // The next codes are free as long as nobody adds anything else.
      expectedSize,
      write: adding(
        added.map(({ goods, code, priceCentipoints, waits }) => ({ ...goods, code, priceCentipoints, waits })),
      ),
    };
  };
  return carryOut(db, request, () => atOneSize(db.sql, villageId, decide));
}

/** What would be recorded, without the codes: which ones are free somebody else may have changed. */
function lookedAt(rows: readonly ImportedRow[]): string {
  const seen = rows.filter(isTaken).map((row) => ({
    row: row.row,
    outcome: row.outcome,
    price: row.outcome === 'new' ? row.priceCentipoints : null,
    waits: row.outcome === 'new' && row.waits,
    limits: row.limits && { ...row.limits },
  }));
  return createHash('sha256').update(canonicalJson(seen)).digest('hex');
}

export function isTaken(row: ImportedRow): row is Extract<ImportedRow, { outcome: 'new' | 'limits' }> {
  return row.outcome === 'new' || row.outcome === 'limits';
}

async function importBasis(sql: Reader, villageId: number): Promise<ImportBasis> {
  const [{ fenPerPoint }, { firstPriceNeedsSecond: firstPriceWaits }, known] = await Promise.all([
    villageTerms(sql, villageId),
    villageSettings(sql, villageId),
    knownGoods(sql, villageId),
  ]);
  return { fenPerPoint, firstPriceWaits, known };
}
