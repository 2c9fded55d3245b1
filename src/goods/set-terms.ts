import { type ActDraft, type CarryOutRefusal, carryOut, type PostedOperation, villageTerms } from '../ledger/index.ts';
import { addDays } from '../platform/clock.ts';
import type { Db } from '../platform/database/db.ts';
import type { Limits } from './decide-goods-import.ts';
import { priceForValue } from './decide-price.ts';
import { goodsItem } from './goods-item.ts';

interface GoodsInput {
  villageId: number;
  code: string;
  idempotencyKey: string;
  recordedBy: number;
  today: string;
}

/** In order of precedence. */
export type PriceRefusal =
  | { refused: 'unknown_goods'; goods: string }
  /** Somebody else has the first word. */
  | { refused: 'first_price_waits' }
  | { refused: 'price_unchanged'; priceCentipoints: number };

/** 按进价定价: what the newest lot was worth ÷ the village's rate, rounded up to half a point. From the next day on. */
export async function priceByRate(
  db: Db,
  { villageId, code, idempotencyKey, recordedBy, today }: GoodsInput,
): Promise<PostedOperation | PriceRefusal | CarryOutRefusal> {
  const request = { villageId, kind: 'pricing', idempotencyKey, request: { code }, recordedBy } as const;
  return carryOut<PriceRefusal>(db, request, async () => {
    const effective = addDays(today, 1);
    const [item, { fenPerPoint }] = await Promise.all([
      goodsItem(db.sql, villageId, code, effective),
      villageTerms(db.sql, villageId),
    ]);
    if (!item) return { refused: 'unknown_goods', goods: code };
    if (!item.isOffered) return { refused: 'first_price_waits' };
    const price = priceForValue(item.newestValueFen, fenPerPoint);
    if (price === item.priceCentipoints) return { refused: 'price_unchanged', priceCentipoints: price };
    const facts = { item: code, price, effective, method: 'rate' };
    return { occurredOn: today, acts: [{ type: 'goods.price', facts }], isCorrection: true };
  });
}

export type TermsInput = GoodsInput & Limits;

/** In order of precedence. */
export type TermsRefusal = { refused: 'unknown_goods'; goods: string } | { refused: 'terms_unchanged' };

/** 限量和补货线: what a household may fetch, and when more should be bought. */
export async function setTerms(
  db: Db,
  { villageId, code, idempotencyKey, recordedBy, today, monthMax, yearMax, reorder }: TermsInput,
): Promise<PostedOperation | TermsRefusal | CarryOutRefusal> {
  const content = { code, monthMax, yearMax, reorder };
  const request = { villageId, kind: 'goods', idempotencyKey, request: content, recordedBy } as const;
  return carryOut<TermsRefusal>(db, request, async () => {
    const item = await goodsItem(db.sql, villageId, code, today);
    if (!item) return { refused: 'unknown_goods', goods: code };
    const isSame = item.monthMax === monthMax && item.yearMax === yearMax && item.reorder === reorder;
    if (isSame) return { refused: 'terms_unchanged' };
    return { occurredOn: today, acts: [termsAct(code, { monthMax, yearMax, reorder })], isCorrection: true };
  });
}

export function termsAct(code: string, { monthMax, yearMax, reorder }: Limits): ActDraft {
  const facts = {
    item: code,
    ...(monthMax !== null && { monthMax }),
    ...(yearMax !== null && { yearMax }),
    ...(reorder !== null && { reorder }),
  };
  return { type: 'goods.terms', facts };
}

/** In order of precedence. */
export type RestrictionRefusal =
  | { refused: 'unknown_goods'; goods: string }
  | { refused: 'restricted_already'; goods: string };

/** 不再收、不再兑: for good. What is still there is written off or given back on paper. */
export async function restrictGoods(
  db: Db,
  { villageId, code, idempotencyKey, recordedBy, today }: GoodsInput,
): Promise<PostedOperation | RestrictionRefusal | CarryOutRefusal> {
  const request = { villageId, kind: 'goods', idempotencyKey, request: { restrict: code }, recordedBy } as const;
  return carryOut<RestrictionRefusal>(db, request, async () => {
    const item = await goodsItem(db.sql, villageId, code, today);
    if (!item) return { refused: 'unknown_goods', goods: code };
    if (item.isRestricted) return { refused: 'restricted_already', goods: code };
    return { occurredOn: today, acts: [{ type: 'goods.restrict', facts: { item: code } }], isCorrection: true };
  });
}
