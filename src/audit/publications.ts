/**
 * The published records of a village, worked out again from its entries: the bytes are those whose hash the log has signed, and
 * every figure in them that entries can speak of comes out the same. Names and lots are not in the log, so what hangs on them
 * (who stands behind a line, what a piece was worth in the shelf's books) is not compared.
 */
import { hash } from 'node:crypto';
import { Found } from './finding.ts';
import type { GoodsLine, Leaf } from './leaf.ts';
import { canonical } from './parse-leaf.ts';
import { type NamingAct, wrongNames } from './record-names.ts';

/** Answers the published record of a month as JSON; null when the server shows none. */
export type FetchPublication = (village: string, month: string, version: number) => Promise<Buffer | null>;

export interface Almanac {
  enter(leaf: Leaf, index: number): void;
  /** Checks every publication; answers how many were shown. */
  check(village: string, fetch: FetchPublication): Promise<number>;
}

interface Kept extends Pick<Leaf, 'type' | 'occurred'> {
  seq: number;
  acct?: string | undefined;
  delta: number;
  balance: number;
  rule?: string | undefined;
  source?: string | undefined;
  goods: GoodsLine[];
  reverses?: number | undefined;
}

export function openAlmanac(): Almanac {
  const acts: Kept[] = [];
  const balances = new Map<string, number>();
  const publicity = new Set<string>();
  const published: { leaf: Leaf; index: number }[] = [];
  const naming: NamingAct[] = [];

  return {
    enter: (leaf, index) => {
      const { type, occurred, rule, source, goods = [], reverses } = leaf;
      // A record speaks of points that can be spent: not of what is in publicity, nor of honours.
      if (type === 'points.pend') publicity.add(leaf.acct ?? '');
      const waits = publicity.has(leaf.acct ?? '') || type.startsWith('honor.');
      const { acct, delta = 0 }: Pick<Leaf, 'acct' | 'delta'> = waits ? {} : leaf;
      const balance = (balances.get(acct ?? '') ?? 0) + delta;
      if (acct !== undefined) balances.set(acct, balance);
      // What is kept for a household is still its points, and still the village's goods.
      if (type === 'points.hold' || leaf.of === 'points.hold') {
        acts.push({ seq: index, type, occurred, delta: 0, balance, goods: [], reverses });
        return;
      }
      acts.push({ seq: index, type, occurred, acct, delta, balance, rule, source, goods, reverses });
      if (type === 'goods.add' || type === 'goods.rename') naming.push({ ...leaf, seq: index });
      if (type === 'publication') published.push({ leaf, index });
    },
    check: async (village, fetch) => {
      let count = 0;
      // The first records did not say how goods were called when; whoever has begun to say it goes on.
      let saysNames = false;
      for (const { leaf, index } of published) {
        const bytes = await fetch(village, leaf.month ?? '', leaf.version ?? 0);
        if (!bytes) continue;
        const content = parseContent(bytes, index);
        compare(content, leaf, index, village, acts.slice(0, index));
        saysNames ||= content['ownGoods'] !== undefined;
        const before = naming.filter(({ seq }) => seq < index);
        const misnamed = saysNames ? wrongNames(content, before, leaf.month ?? '') : null;
        if (misnamed !== null) throw wrongRecord(leaf, index, misnamed);
        count += 1;
      }
      return count;
    },
  };
}

type Json = Record<string, unknown>;

function parseContent(bytes: Buffer, index: number): Json {
  try {
    const { content } = JSON.parse(bytes.toString('utf8')) as { content?: unknown };
    if (typeof content === 'object' && content !== null) return content as Json;
  } catch {
    // Said below.
  }
  throw new Found('publication', 'the record that is shown for it is none', index);
}

function wrongRecord({ month, version }: Leaf, index: number, what: string): Found {
  return new Found('publication', `the record of ${month}, version ${version}, ${what}`, index);
}

function compare(content: Json, leaf: Leaf, index: number, village: string, acts: readonly Kept[]): void {
  const { month = '', version, contentHash } = leaf;
  const wrong = (what: string) => wrongRecord(leaf, index, what);
  if (hash('sha256', canonical(content), 'hex') !== contentHash) throw wrong('is not the one whose hash was signed');
  const head = [(content['village'] as Json | undefined)?.['code'], content['month'], content['version']];
  if (canonical(head) !== canonical([village, month, version])) throw wrong('says that it is another one');
  if (content['throughSeq'] !== index - 1) throw wrong('does not count all entries before it');
  const shown = figuresShown(content['record'] as Json);
  for (const [part, ours] of Object.entries(figuresOf(acts, month))) {
    if (canonical(shown[part]) !== canonical(ours)) throw wrong(`says other ${part} than the entries before it`);
  }
}

/** What a record says, reduced to what entries know. */
function figuresShown(record: Json): Record<string, unknown> {
  const list = (part: string) => (Array.isArray(record[part]) ? (record[part] as Json[]) : []);
  const { receivedValueFen, issuedValueFen: _issued, stockValueFen: _stock, ...points } = record['totals'] as Json;
  const pick = (names: readonly string[]) => (line: Json) =>
    Object.fromEntries(names.filter((name) => name in line).map((name) => [name, line[name]]));
  const goods = (names: readonly string[]) => (line: Json) => (line['goods'] as Json[]).map(pick(['code', ...names]));
  return {
    totals: { ...points, receivedValueFen },
    rules: sorted(list('rules').map(pick(['code', 'kind', 'count', 'households', 'centipoints']))),
    households: sorted(list('households').map(pick(['openedCentipoints', 'givenCentipoints', 'exchangedCentipoints']))),
    exchanges: list('exchanges').map((line) => ({
      ...pick(['seq', 'day', 'centipoints', 'balanceAfterCentipoints'])(line),
      goods: goods(['quantity', 'priceCentipoints'])(line),
    })),
    exchangedGoods: sorted(list('exchangedGoods').map(pick(['code', 'quantity', 'centipoints']))),
    receipts: list('receipts').map((line) => ({
      ...pick(['seq', 'day', 'kind', 'valueFen'])(line),
      goods: goods(['quantity', 'unitValueFen'])(line),
    })),
    stock: sorted(list('stock').map(pick(['code', 'opening', 'received', 'issued', 'adjusted', 'closing']))),
    reversals: list('reversals').map(pick(['seq', 'reversesSeq', 'day', 'type', 'centipoints'])),
  };
}

/** Figures that a record leaves out in a month without any. */
function rare(name: string, acts: readonly Kept[]): Record<string, number> {
  const centipoints = acts.reduce((total, { delta }) => total + Math.abs(delta), 0);
  return acts.length === 0 ? {} : { [`${name}Centipoints`]: centipoints, [`${name}Count`]: acts.length };
}

/** The same of what takes, and gives only where it ends what a household owed. */
function gone(name: string, acts: readonly Kept[]): Record<string, number> {
  const centipoints = acts.reduce((total, { delta }) => total - delta, 0);
  return acts.length === 0 ? {} : { [`${name}Centipoints`]: centipoints, [`${name}Count`]: acts.length };
}

/** The same of what may add or take. */
function signed(name: string, acts: readonly Kept[]): Record<string, number> {
  const centipoints = acts.reduce((total, { delta }) => total + delta, 0);
  return acts.length === 0 ? {} : { [`${name}Centipoints`]: centipoints, [`${name}Count`]: acts.length };
}

/** The same, out of the entries that stood in the log when the record was made. */
function figuresOf(acts: readonly Kept[], month: string): Record<string, unknown> {
  const reversed = new Set(acts.flatMap(({ reverses }) => reverses ?? []));
  const isIn = ({ occurred }: Kept) => occurred.slice(0, 7) === month;
  const standing = acts.filter((act) => isIn(act) && act.reverses === undefined && !reversed.has(act.seq));
  const moved = (type: string) => standing.filter((act) => act.type === type && act.acct !== undefined);
  const sum = (list: readonly Kept[]) => list.reduce((total, { delta }) => total + delta, 0);
  const before = acts.filter(({ occurred }) => occurred.slice(0, 7) < month);
  const until = acts.filter(({ occurred }) => occurred.slice(0, 7) <= month);
  const [opened, given, taken, exchanged] = [
    moved('points.open'),
    moved('points.award'),
    moved('points.deduct'),
    standing.filter(({ type, delta }) => type === 'points.redeem' && delta !== 0),
  ];
  const received = standing.filter(({ type }) => type === 'stock.in');
  const issued = standing.filter(({ type }) => type === 'points.redeem').flatMap(({ goods }) => goods);
  const receipts = received.map(({ seq, occurred, source, goods }) => ({
    seq,
    day: occurred,
    kind: source,
    valueFen: goods.reduce((total, { quantity, value = 0 }) => total + quantity * value, 0),
    goods: goods.map(({ code, quantity, value = 0 }) => ({ code, quantity, unitValueFen: value })),
  }));
  const byAcct = groupBy([...opened, ...given, ...exchanged], ({ acct }) => acct ?? '');
  return {
    totals: {
      openingCentipoints: sum(before),
      openedCentipoints: sum(opened),
      openedCount: opened.length,
      givenCentipoints: sum(given),
      givenCount: given.length,
      takenCentipoints: 0 - sum(taken),
      takenCount: taken.length,
      exchangedCentipoints: 0 - sum(exchanged),
      exchangedCount: exchanged.length,
      ...rare('expired', moved('points.expire')),
      ...gone('returned', moved('points.return')),
      ...rare(
        'moved',
        moved('points.transfer').filter(({ delta }) => delta > 0),
      ),
      ...signed('converted', moved('points.convert')),
      ...signed('settled', moved('points.settle')),
      closingCentipoints: sum(until),
      receivedValueFen: receipts.reduce((total, { valueFen }) => total + valueFen, 0),
    },
    rules: sorted(
      [...groupBy([...given, ...taken], ({ type, rule }) => `${type} ${rule}`).values()].map((list) => ({
        code: list[0]?.rule,
        kind: list[0]?.type === 'points.award' ? 'award' : 'deduct',
        count: list.length,
        households: new Set(list.map(({ acct }) => acct)).size,
        centipoints: sum(list),
      })),
    ),
    households: sorted(
      [...byAcct.values()].map((list) => ({
        openedCentipoints: sum(list.filter(({ type }) => type === 'points.open')),
        givenCentipoints: sum(list.filter(({ type }) => type === 'points.award')),
        exchangedCentipoints: 0 - sum(list.filter(({ type }) => type === 'points.redeem')),
      })),
    ),
    exchanges: exchanged.map(({ seq, occurred, delta, balance, goods }) => ({
      seq,
      day: occurred,
      centipoints: -delta,
      balanceAfterCentipoints: balance,
      goods: goods.map(({ code, quantity, price = 0 }) => ({ code, quantity, priceCentipoints: price })),
    })),
    exchangedGoods: sorted(
      [...groupBy(issued, ({ code }) => code)].map(([code, list]) => ({
        code,
        quantity: list.reduce((total, { quantity }) => total + quantity, 0),
        centipoints: list.reduce((total, { quantity, price = 0 }) => total + quantity * price, 0),
      })),
    ),
    receipts,
    stock: stockOf(acts, until, standing, month),
    reversals: acts
      .filter((act) => act.reverses !== undefined && isIn(act) && acts[act.reverses]?.type !== 'points.hold')
      .map(({ seq, reverses = 0, occurred, acct, delta }) => ({
        seq,
        reversesSeq: reverses,
        day: occurred,
        type: acts[reverses]?.type,
        centipoints: acct === undefined ? null : delta,
      })),
  };
}

type StockOfMonth = {
  code: string;
  opening: number;
  received: number;
  issued: number;
  /** What counts and write-offs changed; not there where they changed nothing. */
  adjusted?: number;
  closing: number;
};

/** Each kind of goods that is there at the month's end or moved in it. */
function stockOf(acts: readonly Kept[], until: readonly Kept[], standing: readonly Kept[], month: string) {
  const lines = new Map<string, StockOfMonth>();
  const isStanding = new Set(standing.map(({ seq }) => seq));
  const moving = new Set<string>();
  for (const act of until) {
    for (const { code, quantity } of (act.reverses === undefined ? act : acts[act.reverses])?.goods ?? []) {
      const line = lines.get(code) ?? { code, opening: 0, received: 0, issued: 0, closing: 0 };
      lines.set(code, line);
      const type = acts[act.reverses ?? act.seq]?.type;
      const direction =
        (type === 'stock.in' || type === 'stock.adjust' ? 1 : -1) * (act.reverses === undefined ? 1 : -1);
      line.closing += direction * quantity;
      if (act.occurred.slice(0, 7) < month) line.opening += direction * quantity;
      if (!isStanding.has(act.seq)) continue;
      moving.add(code);
      if (type === 'stock.adjust' || type === 'stock.writeoff') {
        line.adjusted = (line.adjusted ?? 0) + direction * quantity;
        if (line.adjusted === 0) delete line.adjusted;
      } else if (direction > 0) line.received += quantity;
      else line.issued += quantity;
    }
  }
  return sorted([...lines.values()].filter(({ code, closing }) => closing !== 0 || moving.has(code)));
}

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return groups;
}

/** Lines without names have no order of their own. */
function sorted(lines: readonly Json[]): Json[] {
  return lines
    .map((line) => ({ line, text: canonical(line) }))
    .sort((left, right) => (left.text < right.text ? -1 : 1))
    .map(({ line }) => line);
}
