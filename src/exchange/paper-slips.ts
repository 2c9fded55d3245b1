import type { Reader } from '../platform/database/db.ts';
import type { PaperSlipBasis } from './decide-paper-slip.ts';

/** With the size of the village's log: posted only at that size, one number cannot be entered twice at once. */
export async function paperSlipBasis(
  sql: Reader,
  villageId: number,
  slip: number,
): Promise<Omit<PaperSlipBasis, 'today'> & { logSize: number }> {
  const [found] = await sql<(Omit<PaperSlipBasis, 'today'> & { logSize: number })[]>`
    select (select size from log_head where village_id = ${villageId}) as "logSize",
           (
             select occurred_on
               from act
              where village_id = ${villageId}
                and seq = 0
           ) as "foundedOn",
           (
             select max(occurred_on)
               from act
              where village_id = ${villageId}
                and type = 'rate.change'
           ) as "rateChangedOn",
           (
             select min(seq)
               from act
              where village_id = ${villageId}
                and type = 'points.redeem'
                and facts -> 'paper' = ${String(slip)}::jsonb
           ) as "usedBySeq"`;
  if (!found) throw new Error('a query without a source of rows gave none');
  return found;
}
