import { type CarryOutRefusal, carryOut, closedMonths, type PostedOperation } from '../ledger/index.ts';
import type { Db, Reader } from '../platform/database/db.ts';
import { decideReceipt, type ReceiptRefusal, type ReceiptRequest } from './decide-receipt.ts';
import { goodsByCode } from './shelf.ts';

export interface ReceiptInput extends ReceiptRequest {
  villageId: number;
  idempotencyKey: string;
  recordedBy: number;
  today: string;
}

/** 进货: goods given or bought come onto the shelf, each line as a lot of its own. */
export async function receiveGoods(
  db: Db,
  { villageId, idempotencyKey, recordedBy, today, ...receipt }: ReceiptInput,
): Promise<PostedOperation | ReceiptRefusal | CarryOutRefusal> {
  const { source, occurredOn, fund, giftSeq } = receipt;
  const plainLines = receipt.lines.map(({ code, quantity, unitValueFen = null, useBy = null }) => ({
    code,
    quantity,
    unitValueFen,
    useBy,
  }));
  const request = {
    villageId,
    kind: 'receipt',
    idempotencyKey,
    request: {
      source: { ...source },
      lines: plainLines,
      occurredOn,
      ...(fund !== undefined && { fund }),
      ...(giftSeq !== undefined && { giftSeq }),
    },
    recordedBy,
  } as const;
  return carryOut<ReceiptRefusal>(db, request, async () => {
    const decided = await decideNow(db.sql, villageId, receipt, today);
    return 'refused' in decided ? decided : { ...decided, occurredOn };
  });
}

/** The same decision without the posting: the lots that would be made, or what stands against it. */
export async function previewReceipt(sql: Reader, villageId: number, request: ReceiptRequest, today: string) {
  return decideNow(sql, villageId, request, today);
}

async function decideNow(sql: Reader, villageId: number, request: ReceiptRequest, today: string) {
  const codes = request.lines.map(({ code }) => code);
  const [goods, months, logSize] = await Promise.all([
    goodsByCode(sql, villageId, codes, today),
    closedMonths(sql, villageId),
    logSizeOf(sql, villageId),
  ]);
  return decideReceipt(request, { today, closedMonths: months, goods, logSize });
}

async function logSizeOf(sql: Reader, villageId: number): Promise<number> {
  const [head] = await sql<{ size: number }[]>`
    select size
      from log_head
     where village_id = ${villageId}`;
  return head?.size ?? 0;
}
