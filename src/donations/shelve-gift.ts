import { type ReceiptInput, receiveGoods } from '../goods/index.ts';
import type { CarryOutRefusal, PostedOperation } from '../ledger/index.ts';
import type { Db } from '../platform/database/db.ts';
import { decideShelving, type GiftRefusal } from './decide-gift.ts';
import { donorByPublicId } from './donors.ts';
import { readGifts } from './gifts.ts';

export interface ShelvingInput {
  villageId: number;
  giftSeq: number;
  lines: readonly { code: string; quantity: number; unitValueFen: number; useBy?: string | undefined }[];
  voucher?: number | undefined;
  idempotencyKey: string;
  recordedBy: number;
  recorderName: string;
  today: string;
}

/**
 * A gift comes onto the shelf by the receipt that all goods come by, with its number, its fund and its worth. The second person is
 * who received or inspected it, whoever of them does not record this. What was found good is never shelved twice: the receipt is
 * posted at the size of the record that it was decided on.
 */
export async function shelveGift(
  db: Db,
  { villageId, giftSeq, lines, voucher, idempotencyKey, recordedBy, recorderName, today }: ShelvingInput,
): Promise<PostedOperation | GiftRefusal | CarryOutRefusal | { refused: string }> {
  const { gifts } = await readGifts(db.sql, villageId);
  const gift = gifts.find(({ seq }) => seq === giftSeq);
  if (!gift) return { refused: 'unknown_gift', giftSeq };
  const donor = await donorByPublicId(db.sql, villageId, gift.donor);
  const bought = gift.spendings.filter(({ purpose }) => purpose === 'goods').at(-1);
  const source =
    gift.kind === 'goods'
      ? ({ kind: 'donation', name: donor?.name ?? '' } as const)
      : ({ kind: 'purchase', name: bought?.seller ?? donor?.name ?? '' } as const);
  const witness = [gift.inspection?.by, gift.receipt?.by].find((name) => name !== undefined && name !== recorderName);
  const input: ReceiptInput = {
    villageId,
    idempotencyKey,
    recordedBy,
    today,
    occurredOn: today,
    source,
    lines,
    fund: gift.fund,
    giftSeq,
    voucher,
    invoice: gift.kind === 'money' ? (bought?.invoice ?? undefined) : undefined,
    witness,
  };
  return receiveGoods(db, input, async () => {
    const now = await readGifts(db.sql, villageId);
    const same = now.gifts.find(({ seq }) => seq === giftSeq);
    const wanted = lines.map(({ code, quantity, unitValueFen }) => ({ code, quantity, value: unitValueFen }));
    const refusal = same ? decideShelving(same, wanted) : ({ refused: 'unknown_gift', giftSeq } as const);
    return refusal ?? { expectedSize: now.logSize };
  });
}
