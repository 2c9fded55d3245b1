import type { Reader } from '../platform/database/db.ts';

/** The numbered slips of a pad: those between the first and the last that nobody entered, and what comes after the last. */
interface SlipNumbers {
  missing: number[];
  /** There are more missing than listed. */
  missingCount: number;
  /** Null where none was entered yet. */
  next: number | null;
}

const MOST_LISTED = 60;

/** 入库单 of receipts, 纸条 of exchanges without network: words of a statement, so that indices know them. */
const PADS = {
  receipts: (sql: Reader) => ({
    number: sql`(facts ->> 'voucher')::bigint`,
    isWritten: sql`type = 'stock.in' and facts ? 'voucher'`,
  }),
  exchanges: (sql: Reader) => ({
    number: sql`(facts ->> 'paper')::bigint`,
    isWritten: sql`type = 'points.redeem' and facts ? 'paper'`,
  }),
} as const;

type SlipPad = keyof typeof PADS;

/**
 * A slip that was used stays used, also when its act was reversed: the paper is written on. Gaps are counted between the slips there are:
 * a number that was typed with too many digits must not make a row for each one below it.
 */
export async function slipNumbers(sql: Reader, villageId: number, pad: SlipPad): Promise<SlipNumbers> {
  const missing: number[] = [];
  let missingCount = 0;
  let next: number | null = null;
  for (const { slip } of await slipsOnRecord(sql, villageId, pad)) {
    const first = next ?? slip;
    missingCount += Math.max(slip - first, 0);
    for (let number = first; number < slip && missing.length < MOST_LISTED; number += 1) missing.push(number);
    next = slip + 1;
  }
  return { missing, missingCount, next };
}

interface SlipOnRecord {
  slip: number;
  seq: number;
  occurredOn: string;
}

interface SlipRow {
  /** More than one only where nobody entered them. */
  from: number;
  to: number;
  entered: SlipOnRecord | null;
}

/** Each slip that was entered, and in between, in one row, those that were not. */
export function withGaps(slips: readonly SlipOnRecord[]): SlipRow[] {
  return slips.flatMap((entered, at) => {
    const before = slips[at - 1]?.slip ?? entered.slip;
    const own: SlipRow = { from: entered.slip, to: entered.slip, entered };
    return entered.slip > before + 1 ? [{ from: before + 1, to: entered.slip - 1, entered: null }, own] : [own];
  });
}

/** Each slip of a pad that was entered, and those in between that were not. */
export async function slipList(sql: Reader, villageId: number, pad: SlipPad): Promise<SlipRow[]> {
  return withGaps(await slipsOnRecord(sql, villageId, pad));
}

async function slipsOnRecord(sql: Reader, villageId: number, pad: SlipPad): Promise<SlipOnRecord[]> {
  const { number, isWritten } = PADS[pad](sql);
  return sql<SlipOnRecord[]>`
    select ${number} as slip,
           seq,
           occurred_on as "occurredOn"
      from act
     where village_id = ${villageId}
       and ${isWritten}
     order by slip, seq`;
}
