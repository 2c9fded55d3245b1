/**
 * The record checked from inside: every act, its operation, what was disclosed of it, every stored tile, and the tree head that
 * was signed last. Acts are read once, in order and in batches, so a log of any length takes the same memory.
 */
import { isUtf8 } from 'node:buffer';
import type { Reader } from '../platform/database/db.ts';
import { inBatches } from '../platform/database/in-batches.ts';
import { type CanonicalValue, canonicalJson } from './canonical-json.ts';
import type { GuardedHead } from './guarded-head.ts';
import { type Opening, openingDigest } from './leaf.ts';
import { HASH_BYTES, leafHash, perfectRoot, rangeRoot } from './merkle.ts';
import type { TreeHead } from './proofs.ts';
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
}

const BATCH = 1_000;
const TILE_BYTES = TILE_WIDTH * HASH_BYTES;

interface ActRow {
  seq: number;
  actId: string;
  type: string;
  occurredOn: string;
  recordedAt: Date;
  reversesSeq: number | null;
  facts: Record<string, CanonicalValue>;
  leaf: Buffer;
  leafHash: Buffer;
  openings: Opening[] | null;
  isInOperation: boolean;
  isImported: boolean;
  /** As they are stored, beside the last act of each tile. */
  tileHashes: Buffer | null;
  tileRoot: Buffer | null;
}

export async function verifyLog(sql: Reader, log: LogToVerify): Promise<BadRow | { acts: number }> {
  const { villageId, onProgress } = log;
  const guard = checkGuard(log);
  if (guard && 'table' in guard) return guard;
  const tree = growTree(sql, villageId, guard?.size ?? 0);
  const checkRoot = () => (guard && tree.size() === guard.size ? tree.compareRoot(guard) : null);
  const atStart = checkRoot();
  if (atStart) return atStart;
  const erased = await erasedAccounts(sql, villageId);
  let expected = 0;
  for await (const acts of inBatches<ActRow>(BATCH, (last) => readActs(sql, villageId, last?.seq ?? -1))) {
    for (const act of acts) {
      const bad = checkAct(act, expected, erased) ?? (await tree.add(act)) ?? checkRoot();
      if (bad) return bad;
      expected += 1;
    }
    onProgress?.(expected);
  }
  return (await checkEnd(sql, villageId, guard?.size ?? 0, expected)) ?? { acts: expected };
}

/** The tree head that was signed last; null when none was. */
function checkGuard({ guarded }: LogToVerify): TreeHead | BadRow | null {
  const wrong = (sentence: string) => ({ table: 'log/', row: 'the file of the last signature', sentence });
  if (guarded === 'unreadable') return wrong('it is damaged');
  if (guarded === 'missing') return wrong('it is missing, but the log was signed before');
  if (guarded === null) return null;
  return guarded.isOurs ? guarded : wrong('it was signed with another key');
}

function readActs(sql: Reader, villageId: number, after: number): Promise<ActRow[]> {
  return sql<ActRow[]>`
    select act.seq,
           act.act_id as "actId",
           act.type,
           act.occurred_on as "occurredOn",
           act.recorded_at as "recordedAt",
           act.reverses_seq as "reversesSeq",
           act.facts,
           act.leaf,
           act.leaf_hash as "leafHash",
           disclosure.openings,
           operation.operation_id is not null as "isInOperation",
           coalesce(operation.kind = 'import', false) as "isImported",
           log_tile.hashes as "tileHashes",
           log_tile.root as "tileRoot"
      from act
      left join disclosure
        on disclosure.village_id = act.village_id
       and disclosure.seq = act.seq
      left join operation
        on operation.village_id = act.village_id
       and operation.operation_id = act.operation_id
       and operation.recorded_at = act.recorded_at
       and operation.recorded_by = act.recorded_by
       and act.seq >= operation.first_seq
       and act.seq < operation.first_seq + operation.act_count
      left join log_tile
        on log_tile.village_id = act.village_id
       and log_tile.level = 0
       and log_tile.index = act.seq / ${TILE_WIDTH}
       and act.seq % ${TILE_WIDTH} = ${TILE_WIDTH - 1}
     where act.village_id = ${villageId}
       and act.seq > ${after}
     order by act.seq
     limit ${BATCH}`;
}

/** The last act that says of an account that what was disclosed of it is erased, by the account's pseudonym. */
type ErasedAccounts = ReadonlyMap<string, number>;

async function erasedAccounts(sql: Reader, villageId: number): Promise<ErasedAccounts> {
  const rows = await sql<{ acct: string; seq: number }[]>`
    select facts ->> 'acct' as acct,
           max(seq) as seq
      from act
     where village_id = ${villageId}
       and type = 'erasure'
     group by facts ->> 'acct'`;
  return new Map(rows.map(({ acct, seq }) => [acct, seq]));
}

function checkAct(act: ActRow, expected: number, erased: ErasedAccounts): BadRow | null {
  const wrong = (sentence: string) => ({ table: 'act', row: `seq ${act.seq}`, sentence });
  if (act.seq !== expected) return { ...wrong('it is missing'), row: `seq ${expected}` };
  if (!leafHash(act.leaf).equals(act.leafHash)) return wrong('its leaf hash is not the hash of its leaf');
  const leaf = parseLeaf(act.leaf);
  if (!leaf) return wrong('its leaf is not canonical JSON');
  const { seq: _seq, actId, type, occurredOn, recordedAt, reversesSeq, facts, openings } = act;
  const columns = {
    id: actId,
    type,
    occurred: occurredOn,
    at: recordedAt.toISOString(),
    reverses: reversesSeq,
    ...facts,
  };
  const differing = Object.entries(columns).find(([name, value]) => !isSame(leaf[name] ?? null, value));
  if (differing) return wrong(`its leaf says another ${differing[0]} than its columns`);
  const unknown = Object.keys(leaf).find((name) => !(name in columns) && !BESIDE_FACTS.has(name));
  if (unknown !== undefined) return wrong(`its facts lack the member ${unknown} of its leaf`);
  if (!act.isInOperation) return wrong('no operation covers it');
  const digests = new Set(Array.isArray(leaf['commit']) ? leaf['commit'] : []);
  if (openings?.some((opening) => !digests.has(openingDigest(opening)))) {
    return { table: 'disclosure', row: `seq ${act.seq}`, sentence: 'it discloses what its act has no digest of' };
  }
  // Who imports lost acts has only what is public of them.
  const isErased = act.seq < (erased.get(typeof leaf['acct'] === 'string' ? leaf['acct'] : '') ?? 0);
  if (digests.size > (openings?.length ?? 0) && !isErased && !act.isImported) {
    const sentence = 'what its act has digests of is missing, and no erasure says why';
    return { table: 'disclosure', row: `seq ${act.seq}`, sentence };
  }
  return null;
}

function isSame(one: CanonicalValue, other: CanonicalValue): boolean {
  return one === other || (typeof one === 'object' && canonicalJson(one) === canonicalJson(other));
}

/** What a leaf holds beside the columns and the facts of its act. */
const BESIDE_FACTS = new Set(['v', 'commit', 'acct', 'delta', 'n']);

function parseLeaf(bytes: Buffer): Record<string, CanonicalValue> | null {
  if (!isUtf8(bytes)) return null;
  const text = bytes.toString('utf8');
  try {
    const value = JSON.parse(text) as Record<string, CanonicalValue>;
    return canonicalJson(value) === text ? value : null;
  } catch {
    return null;
  }
}

interface StoredTile {
  hashes: Buffer;
  root: Buffer;
}

/** Makes the tree again, leaf by leaf, and compares each tile with the stored one as soon as it is full. */
function growTree(sql: Reader, villageId: number, guardedSize: number) {
  // One row of hashes a level, with room for a full tile: the right edge and nothing more.
  const rows: { hashes: Buffer; bytes: number; index: number }[] = [];
  let size = 0;

  const push = async (level: number, hash: Buffer, stored?: StoredTile | null): Promise<BadRow | null> => {
    const row = rows[level] ?? { hashes: Buffer.alloc(TILE_BYTES), bytes: 0, index: 0 };
    rows[level] = row;
    hash.copy(row.hashes, row.bytes);
    row.bytes += HASH_BYTES;
    if (row.bytes < TILE_BYTES) return null;
    const root = perfectRoot(row.hashes);
    const bad = compareTile(
      { level, index: row.index, hashes: row.hashes, root },
      stored === undefined ? await readTile(level, row.index) : stored,
    );
    row.bytes = 0;
    row.index += 1;
    return bad ?? push(level + 1, root);
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
    add: ({ leafHash: hash, tileHashes, tileRoot }: ActRow) => {
      size += 1;
      return push(0, hash, tileHashes && tileRoot && { hashes: tileHashes, root: tileRoot });
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
