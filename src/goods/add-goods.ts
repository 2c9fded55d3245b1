import { createHash } from 'node:crypto';
import { canonicalJson } from '../auditlog/index.ts';
import {
  type ActDraft,
  type CarryOutRefusal,
  carryOut,
  type PostedOperation,
  type PostingAnswer,
  type WriteOperation,
} from '../ledger/index.ts';
import type { Db, Reader } from '../platform/database/db.ts';
import { textSearchKeys } from '../platform/search-keys.ts';
import { isSwitchedOn } from '../settings/index.ts';
import {
  type AddedGoods,
  decideNewGoods,
  type KnownGoods,
  type NewGoods,
  type NewGoodsBasis,
  type NewGoodsRefusal,
} from './decide-new-goods.ts';

export interface NewGoodsInput extends NewGoods {
  villageId: number;
  idempotencyKey: string;
  recordedBy: number;
  today: string;
}

/**
 * 新增物品: one more kind of goods that this village may have, at the price that its rate gives. On the shelf it is once some came, and
 * where the village wants it so, once somebody else has approved that price.
 */
export async function addGoods(
  db: Db,
  { villageId, idempotencyKey, recordedBy, today, ...goods }: NewGoodsInput,
): Promise<PostedOperation | NewGoodsRefusal | CarryOutRefusal> {
  const request = { villageId, kind: 'goods', idempotencyKey, request: { ...goods }, recordedBy } as const;
  return carryOut<NewGoodsRefusal>(db, request, async () => {
    const { logSize, ...basis } = await newGoodsBasis(db.sql, villageId);
    const decided = decideNewGoods(goods, basis);
    if ('refused' in decided) return decided;
    return {
      acts: [addingAct(goods, decided)],
      occurredOn: today,
      isCorrection: true,
      // The next code is free as long as nobody adds anything else.
      expectedSize: logSize,
      write: adding([{ ...goods, ...decided }]),
    };
  });
}

/** What the public record says of the words: whoever has the list of goods can repeat it. */
export function contentHashOf({ name, spec, unit, zone, barcode, unitValueFen }: NewGoods): string {
  return createHash('sha256').update(canonicalJson({ name, spec, unit, zone, barcode, unitValueFen })).digest('hex');
}

export async function newGoodsBasis(
  sql: Reader,
  villageId: number,
): Promise<NewGoodsBasis & { known: readonly KnownGoods[]; logSize: number }> {
  const [found] = await sql<(NewGoodsBasis & { known: readonly KnownGoods[]; logSize: number })[]>`
    select log_head.size as "logSize",
           village_terms.fen_per_point as "fenPerPoint",
           ${isSwitchedOn(sql, villageId, 'firstPriceNeedsSecond')} as "firstPriceWaits",
           coalesce((
             select jsonb_agg(jsonb_build_object(
                      'code', code, 'name', name, 'spec', spec, 'unit', unit, 'zone', zone, 'barcode', barcode,
                      'unitValueFen', unit_value_fen
                    ))
               from goods
              where village_id = ${villageId}
           ), '[]') as known
      from log_head
      join village_terms
        on village_terms.village_id = log_head.village_id
     where log_head.village_id = ${villageId}`;
  if (!found) throw new Error(`village ${villageId} has no ledger`);
  return found;
}

/** What became of goods that were added, as their acts say it, so that a repeat answers as the first time. */
export async function addedGoods(
  sql: Reader,
  villageId: number,
  { acts }: PostedOperation,
): Promise<(AddedGoods & { seq: number })[]> {
  return sql<(AddedGoods & { seq: number })[]>`
    select seq::integer as seq,
           facts ->> 'item' as code,
           (facts ->> 'price')::integer as "priceCentipoints",
           facts ? 'waits' as waits
      from act
     where village_id = ${villageId}
       and type = 'goods.add'
       and seq = any(${acts.map(({ seq }) => seq)}::bigint[])
     order by seq`;
}

/** What the public record says of goods that are added: see add_goods.sql. */
export function addingAct(goods: NewGoods, { code, priceCentipoints, waits }: AddedGoods): ActDraft {
  const facts = { item: code, price: priceCentipoints, contentHash: contentHashOf(goods), ...(waits && { waits }) };
  return { type: 'goods.add', facts };
}

/** See add_goods.sql. */
export function adding(goods: readonly (NewGoods & AddedGoods)[]): WriteOperation {
  const parameter = JSON.stringify(goods.map((one) => ({ ...one, ...textSearchKeys(one.name) })));
  return (sql, villageId, operation) => sql<{ answer: PostingAnswer }[]>`
    select add_goods(${villageId}, ${operation}::text::jsonb, ${parameter}::text::jsonb) as answer`;
}
