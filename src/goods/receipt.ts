import type { PendingQuery, Row } from 'postgres';
import { type Fund, firstSeqOf, goodsNameThen, priceInForce } from '../ledger/index.ts';
import type { Reader } from '../platform/database/db.ts';

/** Goods that came in at one time, as lots. */
export interface Receipt {
  operationId: string;
  /** Number in the village's public record. */
  seq: number;
  occurredOn: string;
  recordedAt: Date;
  recordedByName: string;
  source: { kind: 'donation' | 'purchase'; name: string };
  fund: Fund | null;
  giftSeq: number | null;
  voucher: number | null;
  invoice: string | null;
  photos: { photo: string; width: number; height: number }[];
  /** Who saw it besides: named on the spot, or signed in later; nobody so far. */
  witness: string | null;
  checkedBy: string | null;
  checkSeq: number | null;
  awaitsCheck: boolean;
  recordedBy: number;
  lines: ReceivedLine[];
  /** The act that took it back. */
  reversedBySeq: number | null;
}

interface ReceivedLine {
  lotId: number;
  code: string;
  name: string;
  spec: string;
  unit: string;
  quantity: number;
  unitValueFen: number;
  /** For which one is handed out today: whoever checks the receipt has a word in it. */
  priceCentipoints: number;
  useBy: string | null;
}

/** The receipt of one operation; null when the village has none of that name. */
export async function receipt(
  sql: Reader,
  villageId: number,
  operationId: string,
  today: string,
): Promise<Receipt | null> {
  const isAsked = sql`act.seq = ${firstSeqOf(sql, villageId, operationId)}`;
  const [found] = await readReceipts(sql, { villageId, today, isAsked, limit: 1 });
  return found ?? null;
}

/** Newest first, at most `limit` from below act number `beforeSeq`. */
export async function receipts(
  sql: Reader,
  villageId: number,
  {
    beforeSeq = Number.MAX_SAFE_INTEGER,
    limit,
    today,
  }: { beforeSeq?: number | undefined; limit: number; today: string },
): Promise<Receipt[]> {
  return readReceipts(sql, { villageId, today, isAsked: sql`act.seq < ${beforeSeq}`, limit });
}

interface ReceiptQuestion {
  villageId: number;
  today: string;
  isAsked: PendingQuery<Row[]>;
  limit: number;
}

function readReceipts(sql: Reader, { villageId, today, isAsked, limit }: ReceiptQuestion) {
  return sql<Receipt[]>`
    select act.operation_id as "operationId",
           act.seq,
           act.occurred_on as "occurredOn",
           act.recorded_at as "recordedAt",
           person.display_name as "recordedByName",
           act.recorded_by as "recordedBy",
           act.facts ->> 'fund' as fund,
           (act.facts ->> 'giftSeq')::bigint as "giftSeq",
           (act.facts ->> 'voucher')::bigint as voucher,
           act.facts ->> 'invoice' as invoice,
           (
             select coalesce(jsonb_agg(
                      jsonb_build_object('photo', photo.public_id, 'width', photo.width, 'height', photo.height)
                      order by photo.photo_id
                    ), '[]')
               from jsonb_array_elements(act.facts -> 'photos') as named
               join photo
                 on photo.village_id = act.village_id
                and photo.public_id = named ->> 'photo'
           ) as photos,
           (
             select opening ->> 2
               from disclosure
              cross join jsonb_array_elements(disclosure.openings) as opening
              where disclosure.village_id = act.village_id
                and disclosure.seq = act.seq
                and opening ->> 1 = 'witness'
           ) as witness,
           looked.by as "checkedBy",
           looked.seq as "checkSeq",
           received.awaits as "awaitsCheck",
           received.source,
           received.lines,
           reversal.seq as "reversedBySeq"
      from act
      join person
        on person.person_id = act.recorded_by
     cross join lateral (
        select (jsonb_agg(jsonb_build_object('kind', source_kind, 'name', source_name))) -> 0 as source,
               bool_or(stock_lot.awaits_check) as awaits,
               jsonb_agg(
                 jsonb_build_object(
                   'lotId', stock_lot.lot_id,
                   'code', goods.code,
                   'name', ${goodsNameThen(sql)},
                   'spec', goods.spec,
                   'unit', goods.unit,
                   'quantity', stock_move.quantity,
                   'unitValueFen', stock_lot.unit_value_fen,
                   'priceCentipoints', ${priceInForce(sql, today)},
                   'useBy', stock_lot.use_by
                 ) order by stock_lot.lot_id
               ) as lines
          from stock_move
          join stock_lot
            on stock_lot.village_id = stock_move.village_id
           and stock_lot.lot_id = stock_move.lot_id
          join goods
            on goods.village_id = stock_lot.village_id
           and goods.goods_id = stock_lot.goods_id
         where stock_move.village_id = act.village_id
           and stock_move.seq = act.seq
      ) as received
      left join lateral (
        select looking.seq,
               checker.display_name as by
          from act as looking
          join person as checker
            on checker.person_id = looking.recorded_by
         where looking.village_id = act.village_id
           and looking.type = 'stock.check'
           and looking.facts ->> 'receipt' = act.seq::text
      ) as looked on true
      left join act as reversal
        on reversal.village_id = act.village_id
       and reversal.reverses_seq = act.seq
     where act.village_id = ${villageId}
       and act.type = 'stock.in'
       and ${isAsked}
     order by act.seq desc
     limit ${limit}`;
}
