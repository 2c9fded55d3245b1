import { type CarryOutRefusal, carryOut, type PostedOperation } from '../ledger/index.ts';
import type { Db, Reader } from '../platform/database/db.ts';

export interface ReceiptCheckInput {
  villageId: number;
  /** The receipt's number in the record. */
  seq: number;
  idempotencyKey: string;
  recordedBy: number;
  today: string;
}

/** In order of precedence. */
export type ReceiptCheckRefusal =
  | { refused: 'unknown_receipt' }
  | { refused: 'receipt_reversed'; seq: number }
  | { refused: 'receipt_checked_already'; seq: number }
  | { refused: 'own_receipt'; seq: number };

interface CheckableReceipt {
  recordedBy: number;
  isReversed: boolean;
  awaitsCheck: boolean;
  logSize: number;
}

/** Whether this person may say that a receipt is as its slip says: never who recorded it, and once. */
export function decideReceiptCheck(
  receipt: Omit<CheckableReceipt, 'logSize'> | null,
  { seq, recordedBy }: { seq: number; recordedBy: number },
): ReceiptCheckRefusal | null {
  if (!receipt) return { refused: 'unknown_receipt' };
  if (receipt.isReversed) return { refused: 'receipt_reversed', seq };
  if (!receipt.awaitsCheck) return { refused: 'receipt_checked_already', seq };
  return receipt.recordedBy === recordedBy ? { refused: 'own_receipt', seq } : null;
}

/** 核对进货: a second person has looked at what came in; from here on it may be handed out. */
export async function checkReceipt(
  db: Db,
  { villageId, seq, idempotencyKey, recordedBy, today }: ReceiptCheckInput,
): Promise<PostedOperation | ReceiptCheckRefusal | CarryOutRefusal> {
  const request = { villageId, kind: 'check', idempotencyKey, request: { seq }, recordedBy } as const;
  return carryOut<ReceiptCheckRefusal>(db, request, async () => {
    const receipt = await checkable(db.sql, villageId, seq);
    const refusal = decideReceiptCheck(receipt, { seq, recordedBy });
    if (refusal) return refusal;
    return {
      occurredOn: today,
      acts: [{ type: 'stock.check', facts: { receipt: seq } }],
      checksSeq: seq,
      // It may be reversed in the meantime.
      expectedSize: receipt?.logSize ?? 0,
      // It is about no day of any record.
      isCorrection: true,
    };
  });
}

async function checkable(sql: Reader, villageId: number, seq: number): Promise<CheckableReceipt | null> {
  const [found] = await sql<CheckableReceipt[]>`
    select log_head.size as "logSize",
           act.recorded_by as "recordedBy",
           reversal.seq is not null as "isReversed",
           exists (
             select
               from stock_move
               join stock_lot
                 on stock_lot.village_id = stock_move.village_id
                and stock_lot.lot_id = stock_move.lot_id
              where stock_move.village_id = act.village_id
                and stock_move.seq = act.seq
                and stock_lot.awaits_check
           ) as "awaitsCheck"
      from act
      join log_head
        on log_head.village_id = act.village_id
      left join act as reversal
        on reversal.village_id = act.village_id
       and reversal.reverses_seq = act.seq
     where act.village_id = ${villageId}
       and act.seq = ${seq}
       and act.type = 'stock.in'`;
  return found ?? null;
}
