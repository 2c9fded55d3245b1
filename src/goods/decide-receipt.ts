import type { ActDraft, Fund, LotDraft } from '../ledger/index.ts';

/** In order of precedence. */
export type ReceiptRefusal =
  | { refused: 'date_in_future'; occurredOn: string }
  | { refused: 'month_published'; month: string }
  | { refused: 'voucher_needed' }
  | { refused: 'invoice_needed' }
  | { refused: 'voucher_used'; voucher: number; seq: number }
  | { refused: 'second_person_needed' }
  | { refused: 'witness_is_recorder'; witness: string }
  | { refused: 'unknown_gift'; giftSeq: number }
  | { refused: 'unknown_goods'; goods: string }
  | { refused: 'goods_restricted'; goods: string }
  | { refused: 'already_expired'; goods: string; useBy: string };

export interface ReceiptLine {
  /** The goods' code in the village's list. */
  code: string;
  quantity: number;
  /** Left out: the value in the list of goods. */
  unitValueFen?: number | undefined;
  /** Day; left out for goods that do not expire or whose day nobody wrote down. */
  useBy?: string | undefined;
}

export interface ReceiptRequest {
  source: { kind: 'donation' | 'purchase'; name: string };
  lines: readonly ReceiptLine[];
  occurredOn: string;
  /** Out of which pocket; left out where nobody said. */
  fund?: Fund | undefined;
  /** The number of the gift's act in the village's record. */
  giftSeq?: number | undefined;
  /** Number of the paper slip, and of the seller's invoice. */
  voucher?: number | undefined;
  invoice?: string | undefined;
  /** Who looked at everything on the spot; not who records it. */
  witness?: string | undefined;
  /** Photos of the slip, as the act names them. */
  photos?: readonly { photo: string; sha256: string }[] | undefined;
  /** A second member of staff signs in and looks at it; nothing is handed out before. */
  isCheckedLater?: boolean | undefined;
}

export interface ReceiptBasis {
  today: string;
  closedMonths: ReadonlySet<string>;
  goods: readonly { goodsId: number; code: string; unitValueFen: number }[];
  /** Codes of goods that the village no longer has. */
  restricted: ReadonlySet<string>;
  /** How many acts the record holds: a gift stands among them. */
  logSize: number;
  /** The act behind which this slip stands already. */
  voucherSeq: number | null;
  recorderName: string;
  needsVoucher: boolean;
  needsSecond: boolean;
}

/**
 * Each line becomes a lot of its own, so that its source, value and use-by day stay with the goods. Whoever takes goods in is never the
 * only one to see them: either a witness did, or the lots wait until somebody else has looked.
 */
export function decideReceipt(
  request: ReceiptRequest,
  basis: ReceiptBasis,
): ReceiptRefusal | { acts: ActDraft[]; lots: LotDraft[] } {
  const refusal = refuseReceipt(request, basis);
  if (refusal) return refusal;
  const { source, lines, fund, giftSeq, voucher, invoice, witness, photos = [], isCheckedLater = false } = request;
  const byCode = new Map(basis.goods.map((item) => [item.code, item]));
  const lots: LotDraft[] = [];
  for (const line of lines) {
    const item = byCode.get(line.code);
    if (!item) return { refused: 'unknown_goods', goods: line.code };
    if (basis.restricted.has(line.code)) return { refused: 'goods_restricted', goods: line.code };
    if (line.useBy !== undefined && line.useBy < basis.today) {
      return { refused: 'already_expired', goods: line.code, useBy: line.useBy };
    }
    lots.push({
      goodsId: item.goodsId,
      quantity: line.quantity,
      sourceKind: source.kind,
      sourceName: source.name,
      fund,
      giftSeq,
      ...(witness === undefined && isCheckedLater && { awaitsCheck: true }),
      unitValueFen: line.unitValueFen ?? item.unitValueFen,
      useBy: line.useBy ?? null,
    });
  }
  const checked = witness === undefined ? isCheckedLater && 'later' : 'witness';
  const facts = {
    source: source.kind,
    ...(fund !== undefined && { fund }),
    ...(giftSeq !== undefined && { giftSeq }),
    ...(voucher !== undefined && { voucher }),
    ...(invoice !== undefined && { invoice }),
    ...(checked && { checked }),
    ...(photos.length > 0 && { photos: photos.map(({ photo, sha256 }) => ({ photo, sha256 })) }),
    goods: lines.map(({ code, quantity }, index) => ({ code, quantity, value: lots[index]?.unitValueFen ?? 0 })),
  };
  const disclosed = { source: source.name, ...(witness !== undefined && { witness }) };
  return { acts: [{ type: 'stock.in', facts, disclosed }], lots };
}

function refuseReceipt(
  { source, occurredOn, giftSeq, voucher, invoice, witness, isCheckedLater }: ReceiptRequest,
  { today, closedMonths, logSize, voucherSeq, recorderName, needsVoucher, needsSecond }: ReceiptBasis,
): ReceiptRefusal | null {
  if (occurredOn > today) return { refused: 'date_in_future', occurredOn };
  const month = occurredOn.slice(0, 7);
  if (closedMonths.has(month)) return { refused: 'month_published', month };
  if (needsVoucher && voucher === undefined) return { refused: 'voucher_needed' };
  if (needsVoucher && source.kind === 'purchase' && invoice === undefined) return { refused: 'invoice_needed' };
  if (voucher !== undefined && voucherSeq !== null) return { refused: 'voucher_used', voucher, seq: voucherSeq };
  if (needsSecond && witness === undefined && !isCheckedLater) return { refused: 'second_person_needed' };
  if (witness !== undefined && plain(witness) === plain(recorderName))
    return { refused: 'witness_is_recorder', witness };
  if (giftSeq !== undefined && giftSeq >= logSize) return { refused: 'unknown_gift', giftSeq };
  return null;
}

/** Names that differ in blanks or in the width of letters are one person's. */
function plain(name: string): string {
  return name.normalize('NFKC').replace(/\s+/g, '').toLowerCase();
}
