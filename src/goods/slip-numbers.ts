import type { Reader } from '../platform/database/db.ts';

/** The slips of a village: those between the first and the last that no receipt carries, and what comes after the last. */
export interface SlipNumbers {
  missing: number[];
  /** There are more missing than listed. */
  missingCount: number;
  /** Null where no receipt had a slip yet. */
  next: number | null;
}

const MOST_LISTED = 60;

/** A slip that was used stays used, also when its receipt was reversed: the paper is written on. */
export async function slipNumbers(sql: Reader, villageId: number): Promise<SlipNumbers> {
  const rows = await sql<{ voucher: number; before: number | null }[]>`
    select (facts ->> 'voucher')::bigint as voucher,
           lag((facts ->> 'voucher')::bigint) over (order by (facts ->> 'voucher')::bigint) as before
      from act
     where village_id = ${villageId}
       and type = 'stock.in'
       and facts ? 'voucher'
     order by 1`;
  const missing: number[] = [];
  let missingCount = 0;
  for (const { voucher, before } of rows) {
    if (before === null) continue;
    missingCount += voucher - before - 1;
    for (let number = before + 1; number < voucher && missing.length < MOST_LISTED; number += 1) missing.push(number);
  }
  const last = rows.at(-1);
  return { missing, missingCount, next: last ? last.voucher + 1 : null };
}
