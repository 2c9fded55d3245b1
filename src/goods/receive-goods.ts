import { type CarryOutRefusal, carryOut, closedMonths, type PostedOperation } from '../ledger/index.ts';
import type { Db } from '../platform/database/db.ts';
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
  { villageId, idempotencyKey, recordedBy, today, source, lines, occurredOn }: ReceiptInput,
): Promise<PostedOperation | ReceiptRefusal | CarryOutRefusal> {
  const plainLines = lines.map(({ code, quantity, unitValueFen = null, useBy = null }) => ({
    code,
    quantity,
    unitValueFen,
    useBy,
  }));
  const request = {
    villageId,
    kind: 'receipt',
    idempotencyKey,
    request: { source: { ...source }, lines: plainLines, occurredOn },
    recordedBy,
  } as const;
  return carryOut<ReceiptRefusal>(db, request, async () => {
    const codes = lines.map(({ code }) => code);
    const [goods, months] = await Promise.all([
      goodsByCode(db.sql, villageId, codes, today),
      closedMonths(db.sql, villageId),
    ]);
    const decided = decideReceipt({ source, lines, occurredOn }, { today, closedMonths: months, goods });
    return 'refused' in decided ? decided : { ...decided, occurredOn };
  });
}
