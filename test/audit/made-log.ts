import { openBooks } from '../../src/audit/books.ts';
import { Found } from '../../src/audit/finding.ts';
import { parseLeaf } from '../../src/audit/parse-leaf.ts';
import type { Fetch } from '../../src/audit/served-log.ts';
import { formatCheckpoint, formatReceipt } from '../../src/auditlog/checkpoint.ts';
import { canonicalJson, type LeafFacts } from '../../src/auditlog/index.ts';
import { leafHash, perfectRoot, rangeRoot } from '../../src/auditlog/merkle.ts';
import { inclusionPath } from '../../src/auditlog/proofs.ts';
import { noteKey, signNote } from '../../src/auditlog/signed-note.ts';
import { entryBundle, formatTilePath, TILE_WIDTH, widthInTree } from '../../src/auditlog/tiles.ts';
import { readerOf } from '../auditlog/test-tree.ts';

const ORIGIN = 'points.example/log/990100001001';
export const key = noteKey(ORIGIN, Buffer.alloc(32, 7));

export type MadeLog = Map<string, Buffer>;

/** Every resource of a log with these entries, by its path below the log's address. */
export function makeLog(entries: readonly Buffer[], { receipts = false } = {}): MadeLog {
  const size = entries.length;
  const leaves = entries.map(leafHash);
  const read = readerOf(leaves);
  const root = rangeRoot({ start: 0, end: size }, read);
  const note = signNote(formatCheckpoint({ origin: ORIGIN, size, root }), key);
  const log: MadeLog = new Map([['checkpoint', Buffer.from(note)]]);
  for (let level = 0; TILE_WIDTH ** level <= size; level += 1) {
    const span = TILE_WIDTH ** level;
    for (let index = 0; widthInTree({ level, index }, size) > 0; index += 1) {
      const tile = { level, index, width: widthInTree({ level, index }, size) };
      const first = index * TILE_WIDTH;
      const hashes = Array.from({ length: tile.width }, (_, place) => {
        const start = (first + place) * span;
        return perfectRoot(Buffer.concat(leaves.slice(start, start + span)));
      });
      log.set(`tile/${formatTilePath({ ...tile, kind: 'hashes' })}`, Buffer.concat(hashes));
      if (level === 0) {
        const path = formatTilePath({ ...tile, kind: 'entries' });
        log.set(`tile/${path}`, entryBundle(entries.slice(first, first + tile.width)));
      }
    }
  }
  for (const [index, entry] of receipts ? entries.entries() : []) {
    const proof = inclusionPath(index, size).map((range) => rangeRoot(range, read));
    log.set(`receipt/${index}`, Buffer.from(formatReceipt({ index, proof, note, entry })));
  }
  return log;
}

export function fetchOf(log: ReadonlyMap<string, Buffer>): Fetch {
  return async (path) => log.get(path) ?? null;
}

/** A village's story of any length that holds: cards are opened, goods come in, points are given, spent and taken back. */
export function makeStory(length: number): LeafFacts[] {
  const story: LeafFacts[] = [{ type: 'village.open', opening: 10_000, rate: 300 }];
  const accounts = ['a', 'b', 'c'].map((name) => ({ acct: name.repeat(32), n: 0 }));
  const line = (account: (typeof accounts)[number], delta: number) => {
    account.n += 1;
    return { acct: account.acct, delta, n: account.n };
  };
  for (const account of accounts) story.push({ type: 'points.open', ...line(account, 10_000) });
  story.push({ type: 'stock.in', source: 'donation', goods: [{ code: 'GR001', quantity: 100_000, value: 850 }] });
  for (let turn = 0; story.length < length; turn += 1) {
    const account = accounts[turn % accounts.length] as (typeof accounts)[number];
    const seq = story.length;
    const goods = [{ code: 'GR001', price: 250, quantity: 2 }];
    story.push(
      { type: 'points.award', rule: 'AD-LAB-01', version: 1, ...line(account, 600) },
      { type: 'points.redeem', goods, ...line(account, -500) },
      { type: 'points.deduct', rule: 'DE-ENV-01', version: 1, ...line(account, -100) },
      { type: 'points.reverse', of: 'points.redeem', reverses: seq + 1, ...line(account, 500) },
      { type: 'points.redeem', goods, ...line(account, -500) },
      { type: 'publication', month: '2026-10', version: turn + 1, contentHash: 'ab'.repeat(32) },
    );
  }
  return story.slice(0, length);
}

const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** The bytes of an entry; what every entry has is added unless it is given. */
export function makeEntry(facts: LeafFacts, index: number): Buffer {
  const id = Array.from({ length: 16 }, (_, place) => LETTERS[Math.floor(index / 32 ** place) % 32]).join('');
  const common = { v: 1, id, at: '2026-11-21T10:45:05.123Z', occurred: '2026-11-21', commit: [] };
  return Buffer.from(canonicalJson({ ...common, ...facts }));
}

/** A stranger's books of a made-up story: what all accounts hold in the end, or the first entry that cannot be and why. */
export function keep(story: readonly LeafFacts[]): string | { centipoints: number } {
  const books = openBooks();
  try {
    for (const [index, facts] of story.entries()) books.enter(parseLeaf(makeEntry(facts, index), index), index);
    return { centipoints: books.totals().centipoints };
  } catch (error) {
    if (error instanceof Found) return `${error.finding.entry}: ${error.finding.sentence}`;
    throw error;
  }
}
