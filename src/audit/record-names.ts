/**
 * What a published record calls goods that the village added itself. Entries hold no words, only their hash; the record shows what that
 * was made of. So each name is one that an entry has hashed, every line with a number bears the name of its time, and the sums that of
 * the month's end.
 */
import { hash } from 'node:crypto';
import type { Leaf } from './leaf.ts';
import { canonical } from './parse-leaf.ts';

type Json = Record<string, unknown>;

export type NamingAct = Pick<Leaf, 'item' | 'contentHash' | 'occurred'> & { seq: number };

interface Line {
  code: string;
  name: string;
  spec: string;
  unit: string;
  /** In the line of an entry: its number. */
  seq?: number;
}

/** What is wrong with the names of the record; null where nothing is. `acts` added or renamed goods before it. */
export function wrongNames(content: Json, acts: readonly NamingAct[], month: string): string | null {
  const shown = new Map(list(content, 'ownGoods').map((goods) => [goods['code'], goods]));
  const byCode = new Map<string, NamingAct[]>();
  for (const act of acts) byCode.set(act.item ?? '', [...(byCode.get(act.item ?? '') ?? []), act]);
  for (const line of linesOf(content['record'] as Json)) {
    const said = byCode.get(line.code);
    if (!said) continue;
    const goods = shown.get(line.code);
    if (!goods) return `does not say how ${line.code} was called when`;
    const names = list(goods, 'names').map(({ seq, name }) => ({ seq, name }));
    if (names.length !== said.length) return `says other names of ${line.code} than the entries before it`;
    for (const [place, { seq, contentHash }] of said.entries()) {
      const { zone, barcode, unitValueFen } = goods;
      const words = { name: names[place]?.name, spec: line.spec, unit: line.unit, zone, barcode, unitValueFen };
      if (names[place]?.seq !== seq || hash('sha256', canonical(words), 'hex') !== contentHash) {
        return `calls ${line.code} otherwise than number ${seq} says`;
      }
    }
    const then = said.findLastIndex(({ seq, occurred }) =>
      line.seq === undefined ? occurred.slice(0, 7) <= month : seq < line.seq,
    );
    if (line.name !== names[Math.max(then, 0)]?.name) return `gives ${line.code} the name of another time`;
  }
  return null;
}

function linesOf(record: Json): Line[] {
  const ofEntries = (part: string, number: string) =>
    list(record, part).flatMap((line) => list(line, 'goods').map((goods) => ({ ...goods, seq: line[number] })));
  const lines = [
    ...ofEntries('exchanges', 'seq'),
    ...ofEntries('receipts', 'seq'),
    ...ofEntries('reversals', 'reversesSeq'),
    ...list(record, 'exchangedGoods'),
    ...list(record, 'stock'),
  ];
  return lines as unknown as Line[];
}

function list(of: Json, part: string): Json[] {
  return Array.isArray(of[part]) ? (of[part] as Json[]) : [];
}
