/**
 * What goods are called in a record: each exchange, receipt and reversal under the name of its time, whatever they are called by now, and
 * the sums of a month under the name that they had when it ended, with the others that its lines use beside it. Only goods that the
 * village added can be renamed; what their acts hashed stands with the record, so that anybody repeats each name from the entries.
 */
import type { Reader } from '../platform/database/db.ts';
import type { OwnGoods, RecordBody } from './record-schema.ts';

export interface NamedGoods extends OwnGoods {
  /** As they are called by now. */
  name: string;
  names: { seq: number; day: string; name: string }[];
}

export async function ownGoods(sql: Reader, villageId: number): Promise<NamedGoods[]> {
  const rows = await sql<(Omit<NamedGoods, 'names'> & { said: { seq: number; day: string; was: string | null }[] })[]>`
    select goods.code,
           goods.name,
           goods.zone,
           goods.barcode,
           goods.unit_value_fen as "unitValueFen",
           jsonb_agg(
             jsonb_build_object(
               'seq', act.seq,
               'day', act.occurred_on,
               'was', (
                 select opening ->> 2
                   from disclosure
                  cross join jsonb_array_elements(disclosure.openings) as opening
                  where disclosure.village_id = act.village_id
                    and disclosure.seq = act.seq
                    and opening ->> 1 = 'was'
               )
             ) order by act.seq
           ) as said
      from act
      join goods
        on goods.village_id = act.village_id
       and goods.code = act.facts ->> 'item'
     where act.village_id = ${villageId}
       and act.type in ('goods.add', 'goods.rename')
     group by goods.village_id, goods.code, goods.name, goods.zone, goods.barcode, goods.unit_value_fen
     order by goods.code`;
  return rows.map(({ said, ...goods }) => ({
    ...goods,
    // Each renaming says what they were called before it.
    names: said.map(({ seq, day }, place) => ({ seq, day, name: said[place + 1]?.was ?? goods.name })),
  }));
}

/** The record with every name as it was then. */
export function nameAsThen(record: RecordBody, own: readonly NamedGoods[], lastDay: string): RecordBody {
  const renamed = new Map(own.filter(({ names }) => names.length > 1).map((goods) => [goods.code, goods]));
  if (renamed.size === 0) return record;

  const nameThen = (code: string, isBefore: (said: { seq: number; day: string }) => boolean) => {
    const names = renamed.get(code)?.names ?? [];
    return (names.findLast(isBefore) ?? names[0])?.name;
  };
  const atSeq = <Goods extends { code: string; name: string }>(goods: readonly Goods[], of: number): Goods[] =>
    goods.map((line) => ({ ...line, name: nameThen(line.code, ({ seq }) => seq < of) ?? line.name }));

  const exchanges = record.exchanges.map((line) => ({ ...line, goods: atSeq(line.goods, line.seq) }));
  const receipts = record.receipts.map((line) => ({ ...line, goods: atSeq(line.goods, line.seq) }));
  const reversals = record.reversals.map((line) => ({ ...line, goods: atSeq(line.goods, line.reversesSeq) }));

  const atEnd = <Line extends { code: string; name: string }>(
    line: Line,
    lines: readonly { goods: { code: string; name: string }[] }[],
  ): Line & { otherNames?: string[] } => {
    const name = nameThen(line.code, ({ day }) => day <= lastDay);
    if (name === undefined) return line;
    const used = lines.flatMap(({ goods }) => goods.flatMap((one) => (one.code === line.code ? one.name : [])));
    const otherNames = [...new Set(used)].filter((one) => one !== name);
    return { ...line, name, ...(otherNames.length > 0 && { otherNames }) };
  };
  return {
    ...record,
    exchanges,
    receipts,
    reversals,
    exchangedGoods: record.exchangedGoods.map((line) => atEnd(line, exchanges)),
    stock: record.stock.map((line) => atEnd(line, [...receipts, ...exchanges])),
  };
}

/** Those of a record that the village added, with what repeats the hashes of their acts. */
export function goodsOfRecord(record: RecordBody, own: readonly NamedGoods[]): OwnGoods[] {
  const { exchanges, receipts, reversals, exchangedGoods, stock } = record;
  const lines = [...exchanges, ...receipts, ...reversals].flatMap(({ goods }) => goods);
  const codes = new Set([...lines, ...exchangedGoods, ...stock].map(({ code }) => code));
  return own
    .filter(({ code }) => codes.has(code))
    .map(({ code, zone, barcode, unitValueFen, names }) => {
      return { code, zone, barcode, unitValueFen, names: names.map(({ seq, name }) => ({ seq, name })) };
    });
}
