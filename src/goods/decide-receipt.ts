import type { ActDraft, Fund, LotDraft } from '../ledger/index.ts';

/** In order of precedence. */
export type ReceiptRefusal =
  | { refused: 'date_in_future'; occurredOn: string }
  | { refused: 'month_published'; month: string }
  | { refused: 'unknown_gift'; giftSeq: number }
  | { refused: 'unknown_goods'; goods: string }
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
}

export interface ReceiptBasis {
  today: string;
  closedMonths: ReadonlySet<string>;
  goods: readonly { goodsId: number; code: string; unitValueFen: number }[];
  /** How many acts the record holds: a gift stands among them. */
  logSize: number;
}

/** Each line becomes a lot of its own, so that its source, value and use-by day stay with the goods. */
export function decideReceipt(
  { source, lines, occurredOn, fund, giftSeq }: ReceiptRequest,
  { today, closedMonths, goods, logSize }: ReceiptBasis,
): ReceiptRefusal | { acts: ActDraft[]; lots: LotDraft[] } {
  if (occurredOn > today) return { refused: 'date_in_future', occurredOn };
  const month = occurredOn.slice(0, 7);
  if (closedMonths.has(month)) return { refused: 'month_published', month };
  if (giftSeq !== undefined && giftSeq >= logSize) return { refused: 'unknown_gift', giftSeq };
  const byCode = new Map(goods.map((item) => [item.code, item]));
  const lots: LotDraft[] = [];
  for (const line of lines) {
    const item = byCode.get(line.code);
    if (!item) return { refused: 'unknown_goods', goods: line.code };
    if (line.useBy !== undefined && line.useBy < today) {
      return { refused: 'already_expired', goods: line.code, useBy: line.useBy };
    }
    lots.push({
      goodsId: item.goodsId,
      quantity: line.quantity,
      sourceKind: source.kind,
      sourceName: source.name,
      fund,
      giftSeq,
      unitValueFen: line.unitValueFen ?? item.unitValueFen,
      useBy: line.useBy ?? null,
    });
  }
  const facts = {
    source: source.kind,
    ...(fund !== undefined && { fund }),
    ...(giftSeq !== undefined && { giftSeq }),
    goods: lines.map(({ code, quantity }, index) => ({ code, quantity, value: lots[index]?.unitValueFen ?? 0 })),
  };
  return { acts: [{ type: 'stock.in', facts, disclosed: { source: source.name } }], lots };
}
