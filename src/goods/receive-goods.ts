import { type CarryOutRefusal, carryOut, type PostedOperation } from '../ledger/index.ts';
import type { Db, Reader } from '../platform/database/db.ts';
import { decideReceipt, type ReceiptRefusal, type ReceiptRequest } from './decide-receipt.ts';
import { receiptBasis } from './receipt-basis.ts';

export interface ReceiptInput extends ReceiptRequest {
  villageId: number;
  idempotencyKey: string;
  recordedBy: number;
  today: string;
}

/** What else has to hold, where the goods are part of something: a refusal, or the size of the record at which it does. */
type AlsoHolds<Refusal> = () => Promise<Refusal | { expectedSize: number }>;

/** 进货: goods given or bought come onto the shelf, each line as a lot of its own. */
export async function receiveGoods<Refusal extends { refused: string } = never>(
  db: Db,
  { villageId, idempotencyKey, recordedBy, today, ...receipt }: ReceiptInput,
  alsoHolds?: AlsoHolds<Refusal>,
): Promise<PostedOperation | ReceiptRefusal | Refusal | CarryOutRefusal> {
  const { source, lines, occurredOn } = receipt;
  const plainLines = lines.map(({ code, quantity, unitValueFen = null, useBy = null }) => ({
    code,
    quantity,
    unitValueFen,
    useBy,
  }));
  const content = { source: { ...source }, lines: plainLines, occurredOn, ...papersOf(receipt) };
  const request = { villageId, kind: 'receipt', idempotencyKey, request: content, recordedBy } as const;
  return carryOut<ReceiptRefusal | Refusal>(db, request, async () => {
    const besides = await alsoHolds?.();
    if (besides && 'refused' in besides) return besides;
    const basis = await receiptBasis(db.sql, { villageId, recordedBy, today }, receipt);
    const decided = decideReceipt(receipt, basis);
    if ('refused' in decided) return decided;
    // Two with the same slip would not see each other.
    const alone = receipt.voucher === undefined ? {} : { expectedSize: basis.logSize };
    return { ...decided, occurredOn, ...alone, ...besides };
  });
}

/** Only what was given, and no photos, which a second press sends anew, so that a request without papers is what it always was. */
function papersOf({ fund, giftSeq, voucher, invoice, witness, isCheckedLater }: ReceiptRequest) {
  return {
    ...(fund !== undefined && { fund }),
    ...(giftSeq !== undefined && { giftSeq }),
    ...(voucher !== undefined && { voucher }),
    ...(invoice !== undefined && { invoice }),
    ...(witness !== undefined && { witness }),
    ...(isCheckedLater && { isCheckedLater }),
  };
}

/** The same decision without the posting: the lots that would be made, or what stands against it. */
export async function previewReceipt(
  sql: Reader,
  asker: { villageId: number; recordedBy: number; today: string },
  request: ReceiptRequest,
) {
  return decideReceipt(request, await receiptBasis(sql, asker, request));
}
