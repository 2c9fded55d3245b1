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
    const decided = await decideNow(db.sql, villageId, { source, lines, occurredOn }, today);
    return 'refused' in decided ? decided : { ...decided, occurredOn };
  });
}

/** The same decision without the posting: the lots that would be made, or what stands against it. */
export async function previewReceipt(sql: Reader, villageId: number, request: ReceiptRequest, today: string) {
  return decideNow(sql, villageId, request, today);
}

async function decideNow(sql: Reader, villageId: number, request: ReceiptRequest, today: string) {
  const codes = request.lines.map(({ code }) => code);
  const [goods, months] = await Promise.all([goodsByCode(sql, villageId, codes, today), closedMonths(sql, villageId)]);
  return decideReceipt(request, { today, closedMonths: months, goods });
}
