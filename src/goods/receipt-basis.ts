import { closedMonths } from '../ledger/index.ts';
import type { Reader } from '../platform/database/db.ts';
import { villageSettings } from '../settings/index.ts';
import type { ReceiptBasis, ReceiptRequest } from './decide-receipt.ts';
import { goodsByCode } from './shelf.ts';

interface ReceiptAsker {
  villageId: number;
  recordedBy: number;
  today: string;
}

/** Everything that the decision on a receipt needs. */
export async function receiptBasis(
  sql: Reader,
  { villageId, recordedBy, today }: ReceiptAsker,
  { lines, voucher }: ReceiptRequest,
): Promise<ReceiptBasis> {
  const codes = lines.map(({ code }) => code);
  const [goods, months, settings, [found]] = await Promise.all([
    goodsByCode(sql, villageId, codes, today),
    closedMonths(sql, villageId),
    villageSettings(sql, villageId),
    sql<{ logSize: number; voucherSeq: number | null; recorderName: string; restricted: string[] }[]>`
      select log_head.size as "logSize",
             (
               select seq
                 from act
                where act.village_id = ${villageId}
                  and act.type = 'stock.in'
                  and act.facts ? 'voucher'
                  and act.facts ->> 'voucher' = ${voucher === undefined ? null : String(voucher)}
             ) as "voucherSeq",
             (select display_name from person where person_id = ${recordedBy}) as "recorderName",
             array(
               select act.facts ->> 'item'
                 from act
                where act.village_id = ${villageId}
                  and act.type = 'goods.restrict'
                  and act.facts ->> 'item' = any(${codes}::text[])
             ) as restricted
        from log_head
       where village_id = ${villageId}`,
  ]);
  if (!found) throw new Error(`village ${villageId} has no record`);
  const { receiptNeedsVoucher, receiptNeedsSecond } = settings;
  return {
    ...found,
    today,
    closedMonths: months,
    goods,
    restricted: new Set(found.restricted),
    needsVoucher: receiptNeedsVoucher,
    needsSecond: receiptNeedsSecond,
  };
}
