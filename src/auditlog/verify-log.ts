/**
 * The record checked from inside: every act, its operation, what was disclosed of it, every stored tile, and the tree head that
 * was signed last. Acts are read once, in order and in batches, so a log of any length takes the same memory.
 */
import { isUtf8 } from 'node:buffer';
import type { Reader } from '../platform/database/db.ts';
import { inBatches } from '../platform/database/in-batches.ts';
import { type CanonicalValue, canonicalJson, parseCanonicalJson } from './canonical-json.ts';
import type { GuardedHead } from './guarded-head.ts';
import { openingDigest } from './leaf.ts';
import { HASH_BYTES, leafHashHex, perfectRoot, rangeRoot } from './merkle.ts';
import type { TreeHead } from './proofs.ts';
import { ACTS_A_PAGE, type StoredAct, type StoredTile, storedActs } from './stored-acts.ts';
import { subtreeReader, TILE_WIDTH } from './tiles.ts';

/** The first row that is not as it should be. */
export interface BadRow {
  table: string;
  row: string;
  sentence: string;
}

export interface LogToVerify {
  villageId: number;
  /** Read before the acts were: what was signed then must be the beginning of them. */
  guarded: GuardedHead;
  onProgress?: ((acts: number) => void) | undefined;
  /** Who holds other rows against the leaves is told of all, in order, also of those behind a bad one. */
  onLeaves?: ((leaves: readonly ReadLeaf[]) => Promise<void>) | undefined;
}

export interface ReadLeaf {
  seq: number;
  /** Null where it is not canonical JSON. */
  leaf: Leaf | null;
}

type Leaf = Record<string, CanonicalValue>;

const TILE_BYTES = TILE_WIDTH * HASH_BYTES;

export async function verifyLog(sql: Reader, log: LogToVerify): Promise<BadRow | { acts: number }> {
  const { villageId, onProgress, onLeaves } = log;
  const guard = checkGuard(log);
  const signed = guard && 'size' in guard ? guard : null;
  const tree = growTree(sql, villageId, signed?.size ?? 0);
  const checkRoot = () => (signed && tree.size() === signed.size ? tree.compareRoot(signed) : null);
  let bad = guard && 'table' in guard ? guard : checkRoot();
  const erased = await erasedParts(sql, villageId);
  let expected = 0;
  for await (const acts of inBatches<StoredAct>(ACTS_A_PAGE, (last) => storedActs(sql, villageId, last?.seq ?? -1))) {
    if (bad && !onLeaves) return bad;
    const leaves = acts.map(({ seq, leaf }) => ({ seq, leaf: parseLeaf(leaf) }));
    for (const [place, act] of acts.entries()) {
      if (bad) break;
      const hash = leafHashHex(act.leaf);
      const leaf = leaves[place]?.leaf ?? null;
      bad = checkAct({ act, leaf, hash, expected, erased }) ?? (await tree.add(hash, act.tile)) ?? checkRoot();
      expected += 1;
    }
    await onLeaves?.(leaves);
    onProgress?.((acts.at(-1)?.seq ?? -1) + 1);
  }
  return bad ?? (await checkEnd(sql, villageId, signed?.size ?? 0, expected)) ?? { acts: expected };
}

/** The tree head that was signed last; null when none was. */
function checkGuard({ guarded }: LogToVerify): TreeHead | BadRow | null {
  const wrong = (sentence: string) => ({ table: 'log/', row: 'the file of the last signature', sentence });
  if (guarded === 'unreadable') return wrong('it is damaged');
  if (guarded === 'missing') return wrong('it is missing, but the log was signed before');
  if (guarded === null) return null;
  return guarded.isOurs ? guarded : wrong('it was signed with another key');
}

/** By an account's pseudonym the last act that says that what was disclosed of it is erased. */
interface Erased {
  accounts: ReadonlyMap<string, number>;
  /** Numbers of acts that an erasure names beside those of its account. */
  also: ReadonlySet<number>;
}

async function erasedParts(sql: Reader, villageId: number): Promise<Erased> {
  const rows = await sql<{ acct: string; seq: number; also: string | null }[]>`
    select act.facts ->> 'acct' as acct,
           act.seq,
           (
             select opening ->> 2
               from jsonb_array_elements(disclosure.openings) as opening
              where opening ->> 1 = 'also'
           ) as also
      from act
      left join disclosure
        on disclosure.village_id = act.village_id
       and disclosure.seq = act.seq
     where act.village_id = ${villageId}
       and act.type = 'erasure'
     order by act.seq`;
  return {
    accounts: new Map(rows.map(({ acct, seq }) => [acct, seq])),
    also: new Set(rows.flatMap(({ also }) => also?.split(' ').map(Number) ?? [])),
  };
}

interface ActToCheck {
  act: StoredAct;
  leaf: Leaf | null;
  hash: string;
  /** The number that comes next. */
  expected: number;
  erased: Erased;
}

function checkAct({ act, leaf, hash, expected, erased }: ActToCheck): BadRow | null {
  const { seq, openings } = act;
  if (seq !== expected) return badAct(expected, 'it is missing');
  if (hash !== act.leafHash) return badAct(seq, 'its leaf hash is not the hash of its leaf');
  if (!leaf) return badAct(seq, 'its leaf is not canonical JSON');
  if (!isPlainObject(act.facts)) return badAct(seq, 'its facts are no members');
  const differing = differingMember(leaf, act);
  if (differing !== undefined) return badAct(seq, `its leaf says another ${differing} than its columns`);
  const unknown = unknownMember(leaf, act);
  if (unknown !== undefined) return badAct(seq, `its facts lack the member ${unknown} of its leaf`);
  if (!act.isInOperation) return badAct(seq, 'no operation covers it');
  const digests = new Set(Array.isArray(leaf['commit']) ? leaf['commit'] : []);
  if (openings?.some((opening) => !digests.has(openingDigest(opening)))) {
    return { table: 'disclosure', row: `seq ${seq}`, sentence: 'it discloses what its act has no digest of' };
  }
  // Who imports lost acts has only what is public of them.
  const erasedFrom = erased.accounts.get(typeof leaf['acct'] === 'string' ? leaf['acct'] : '') ?? 0;
  const isErased = act.seq < erasedFrom || erased.also.has(act.seq);
  if (digests.size > (openings?.length ?? 0) && !isErased && !act.isImported) {
    const sentence = 'what its act has digests of is missing, and no erasure says why';
    return { table: 'disclosure', row: `seq ${seq}`, sentence };
  }
  return null;
}

function badAct(seq: number, sentence: string): BadRow {
  return { table: 'act', row: `seq ${seq}`, sentence };
}

/** Where each column stands in the leaf. */
const COLUMNS = [
  ['id', 'actId'],
  ['type', 'type'],
  ['occurred', 'occurredOn'],
  ['at', 'recordedAt'],
  ['reverses', 'reversesSeq'],
] as const;

const BESIDE_FACTS = new Set([...COLUMNS.map(([name]) => name as string), 'v', 'commit', 'acct', 'delta', 'n']);

function differingMember(leaf: Leaf, act: StoredAct): string | undefined {
  const { facts } = act;
  const [column] =
    COLUMNS.find(([name, key]) => !Object.hasOwn(facts, name) && (leaf[name] ?? null) !== act[key]) ?? [];
  return column ?? Object.keys(facts).find((name) => !isSame(leaf[name] ?? null, facts[name] ?? null));
}

function unknownMember(leaf: Leaf, { facts }: StoredAct): string | undefined {
  return Object.keys(leaf).find((name) => !BESIDE_FACTS.has(name) && !Object.hasOwn(facts, name));
}

function isPlainObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isSame(one: CanonicalValue, other: CanonicalValue): boolean {
  return one === other || (typeof one === 'object' && canonicalJson(one) === canonicalJson(other));
}

function parseLeaf(bytes: Buffer): Leaf | null {
  return isUtf8(bytes) ? (parseCanonicalJson(bytes.toString('utf8')) as Leaf | null) : null;
}

/** Makes the tree again, leaf by leaf, and compares each tile with the stored one as soon as it is full. */
function growTree(sql: Reader, villageId: number, guardedSize: number) {
  // One row of hashes a level, with room for a full tile: the right edge and nothing more.
  const rows: { hashes: Buffer; bytes: number; index: number }[] = [];
  let size = 0;

  const push = async (level: number, hash: string, stored?: StoredTile | null): Promise<BadRow | null> => {
    const row = rows[level] ?? { hashes: Buffer.alloc(TILE_BYTES), bytes: 0, index: 0 };
    rows[level] = row;
    row.hashes.write(hash, row.bytes, 'hex');
    row.bytes += HASH_BYTES;
    if (row.bytes < TILE_BYTES) return null;
    const root = perfectRoot(row.hashes);
    const bad = compareTile(
      { level, index: row.index, hashes: row.hashes, root },
      stored === undefined ? await readTile(level, row.index) : stored,
    );
    row.bytes = 0;
    row.index += 1;
    return bad ?? push(level + 1, root.toString('hex'));
  };

  const readTile = async (level: number, index: number): Promise<StoredTile | null> => {
    const [stored] = await sql<StoredTile[]>`
      select hashes, root
        from log_tile
       where village_id = ${villageId}
         and level = ${level}
         and index = ${index}`;
    return stored ?? null;
  };

  const compareTile = (
    { level, index, hashes, root }: StoredTile & { level: number; index: number },
    stored: StoredTile | null,
  ): BadRow | null => {
    const wrong = (sentence: string) => ({ table: 'log_tile', row: `level ${level}, index ${index}`, sentence });
    // A tile is stored with the first checkpoint that covers it.
    if (!stored) return (index + 1) * TILE_WIDTH ** (level + 1) <= guardedSize ? wrong('it is missing') : null;
    if (!stored.hashes.equals(hashes)) return wrong('its hashes are not those of the record');
    return stored.root.equals(root) ? null : wrong('its root is not that of its hashes');
  };

  return {
    size: () => size,
    /** Waits only where a tile above the lowest level is full. */
    add: (hash: string, tile: StoredTile | null) => {
      size += 1;
      return push(0, hash, tile);
    },
    compareRoot: (head: TreeHead): BadRow | null => {
      const tiles = rows.map(({ hashes, bytes, index }, level) => ({
        level,
        index,
        hashes: hashes.subarray(0, bytes),
      }));
      const root = rangeRoot({ start: 0, end: size }, subtreeReader(tiles));
      if (root.equals(head.root)) return null;
      return { table: 'act', row: `seq 0 to ${size - 1}`, sentence: 'they do not make the tree that was signed last' };
    },
  };
}

async function checkEnd(sql: Reader, villageId: number, signed: number, acts: number): Promise<BadRow | null> {
  if (signed > acts) return { table: 'act', row: `seq ${acts}`, sentence: `it is missing: ${signed} acts were signed` };
  const [head] = await sql<{ size: number; extraTile: string | null; extraOperation: string | null }[]>`
    select size,
           (select 'level ' || level || ', index ' || index
              from log_tile
             where village_id = ${villageId}
               and (index + 1) * 256::numeric ^ (level + 1) > ${acts}
             order by level, index
             limit 1) as "extraTile",
           (select operation_id
              from operation
             where village_id = ${villageId}
               and (select count(*)
                      from act
                     where act.village_id = operation.village_id
                       and act.seq >= first_seq
                       and act.seq < first_seq + act_count
                       and act.operation_id = operation.operation_id) <> act_count
             order by first_seq
             limit 1) as "extraOperation"
      from log_head
     where village_id = ${villageId}`;
  if (head?.size !== acts) {
    return {
      table: 'log_head',
      row: `village ${villageId}`,
      sentence: `it counts ${head?.size} acts, but there are ${acts}`,
    };
  }
  if (head.extraTile !== null)
    return { table: 'log_tile', row: head.extraTile, sentence: 'the record is shorter than it' };
  if (head.extraOperation !== null) {
    return { table: 'operation', row: head.extraOperation, sentence: 'it does not have as many acts as it says' };
  }
  return null;
}
