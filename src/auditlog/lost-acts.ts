/**
 * The acts that an older copy of the database lost, out of exports that somebody kept: a download of all entries, or bundles
 * under the names that they have in the log. They count only if, after the acts that are still here, they lead to the very root
 * that was signed last.
 */
import { basename } from 'node:path';
import type { Sql } from '../platform/database/connect.ts';
import { openLogName } from './log-names.ts';
import { EMPTY_ROOT, leafHash, perfectRoot, rangeRoot } from './merkle.ts';
import { readGuard, type Signer } from './sign-checkpoint.ts';
import { parseTilePath, TILE_WIDTH } from './tiles.ts';

export interface ExportFile {
  path: string;
  content: Buffer;
}

export type LostActsRefusal =
  /** The database holds all that was signed: nothing is to be imported. */
  | { refused: 'nothing_lost' }
  | { refused: 'last_signature_unknown' }
  | { refused: 'not_an_export'; path: string }
  | { refused: 'export_incomplete'; missing: number }
  /** Entries of another log, or altered ones, or what is still here was altered. */
  | { refused: 'export_does_not_match' };

export interface LostActs {
  firstSeq: number;
  leaves: Buffer[];
}

export async function lostActs(
  { sql, dataDir, signer }: { sql: Sql; dataDir: string; signer: Signer },
  log: { villageId: number; code: string },
  files: readonly ExportFile[],
): Promise<LostActs | LostActsRefusal> {
  const held = readGuard(openLogName(dataDir, log.code), signer);
  if (held === null || held === 'unreadable' || !held.isOurs) return { refused: 'last_signature_unknown' };
  const { size, root } = held.checkpoint;
  const rows = await sql<{ hash: Buffer }[]>`
    select leaf_hash as hash
      from act
     where village_id = ${log.villageId}
     order by seq`;
  if (rows.length >= size) return { refused: 'nothing_lost' };

  const entries = new Map<number, Buffer>();
  for (const file of files) {
    const read = readExport(file);
    if (!read) return { refused: 'not_an_export', path: file.path };
    for (const [index, entry] of read.entries.entries()) entries.set(read.first + index, entry);
  }
  const leaves: Buffer[] = [];
  for (let seq = rows.length; seq < size; seq += 1) {
    const entry = entries.get(seq);
    if (!entry) return { refused: 'export_incomplete', missing: seq };
    leaves.push(entry);
  }
  const hashes = [...rows.map(({ hash }) => hash), ...leaves.map(leafHash)];
  if (!rootOf(hashes).equals(root)) return { refused: 'export_does_not_match' };
  return { firstSeq: rows.length, leaves };
}

function rootOf(hashes: readonly Buffer[]): Buffer {
  if (hashes.length === 0) return EMPTY_ROOT;
  return rangeRoot({ start: 0, end: hashes.length }, ({ height, index }) => {
    const count = 2 ** height;
    return perfectRoot(Buffer.concat(hashes.slice(index * count, (index + 1) * count)));
  });
}

/** A bundle is known by its place in the log, `…/entries/x001/234` or `…/entries/000.p/17`; anything else holds one entry a line. */
function readExport({ path, content }: ExportFile): { first: number; entries: Buffer[] } | null {
  const [, place] = /(?:^|[/\\])(entries[/\\](?:x\d{3}[/\\])*\d{3}(?:\.p[/\\]\d+)?)$/.exec(path) ?? [];
  if (place === undefined) return basename(path).endsWith('.jsonl') ? { first: 0, entries: readLines(content) } : null;
  const tile = parseTilePath(place.replaceAll('\\', '/'));
  const entries = readBundle(content);
  return tile && entries?.length === tile.width ? { first: tile.index * TILE_WIDTH, entries } : null;
}

function readLines(content: Buffer): Buffer[] {
  const lines: Buffer[] = [];
  for (let from = 0; from < content.length; ) {
    const end = content.indexOf(0x0a, from);
    lines.push(content.subarray(from, end === -1 ? content.length : end));
    from = end === -1 ? content.length : end + 1;
  }
  return lines;
}

function readBundle(content: Buffer): Buffer[] | null {
  const entries: Buffer[] = [];
  for (let from = 0; from < content.length; ) {
    if (from + 2 > content.length) return null;
    const end = from + 2 + content.readUInt16BE(from);
    if (end > content.length) return null;
    entries.push(content.subarray(from + 2, end));
    from = end;
  }
  return entries;
}
