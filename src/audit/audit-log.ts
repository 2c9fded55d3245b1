/**
 * The whole audit of one village's log, from nothing but its public address and the key that the auditor was given. It shares
 * no code with the server. What is proved, in this order: the checkpoint is signed by the log; it continues every checkpoint
 * that was kept; every entry is in the signed tree and every tile is a part of it; every entry has the closed form; the books
 * come out of the entries without a gap and with nothing below zero but deductions that are still owed; samples can be proved by themselves.
 */
import { type Books, openBooks } from './books.ts';
import { CannotCheck, type Finding, Found } from './finding.ts';
import type { Leaf } from './leaf.ts';
import { buildProof, GrowingTree, HASH_BYTES, leafHash, rootOfProof, TILE_WIDTH } from './merkle.ts';
import { type Checkpoint, openNote, parseCheckpoint, parseVkey, type TrustedKey } from './note.ts';
import { parseLeaf } from './parse-leaf.ts';
import { type Almanac, type FetchPublication, openAlmanac } from './publications.ts';
import { openRegister, type Register, type RegisteredLog } from './register.ts';
import { type Fetch, type ServedLog, servedLog, subtreeOf, tilePath, widthOf } from './served-log.ts';

export interface AuditInput {
  fetch: Fetch;
  vkey: string;
  /** vkeys of cosigners, each of whom must have signed this checkpoint or an earlier one of the log. */
  witnesses?: readonly string[];
  /** Checkpoints that were kept from earlier audits or read off a board: name and text of each. */
  saved?: readonly { name: string; note: string }[];
  /** Trees that the log must begin with, and where they are known from. */
  known?: readonly (Checkpoint & { knownFrom: string })[];
  /** Where the village's published records are shown; without it they are not looked at. */
  fetchPublication?: FetchPublication | undefined;
  /** The closed logs in whose place this one stands, the oldest first. */
  predecessors?: readonly Predecessor[];
  /** How many entries are proved singly, besides the first and the last. */
  samples?: number;
  onProgress?: (done: number, size: number) => void;
}

/** A log that was closed, as its last word says. */
export interface Predecessor {
  checkpoint: Checkpoint;
  vkey: string;
  successorVkey: string;
  /** What was kept of it: the log that goes on begins with as much of it as was not lost. */
  heads: readonly (Checkpoint & { knownFrom: string })[];
}

/** What became of a closed log. */
export interface Succession {
  origin: string;
  size: number;
  /** The entry of this log that names it: what the closed log had from this number on is lost. */
  entry: number;
}

export interface AuditReport {
  checkpoint: Checkpoint;
  /** As it was served: to be kept for the next audit. */
  note: string;
  savedCount: number;
  witnessed: Witnessed[];
  sampleCount: number;
  receiptCount: number;
  /** Published records that were worked out again from the entries. */
  publicationCount: number;
  totals: ReturnType<Books['totals']>;
  /** Of a county's log: the logs of its villages. Empty for a village. */
  registered: RegisteredLog[];
  succeeded: Succession[];
}

/** What a witness has seen of the log, and when. */
export interface Witnessed {
  name: string;
  size: number;
  at: Date;
}

export async function auditLog(input: AuditInput): Promise<AuditReport | { finding: Finding }> {
  try {
    return await audit(input);
  } catch (error) {
    if (error instanceof Found) return { finding: error.finding };
    throw error;
  }
}

async function audit(input: AuditInput): Promise<AuditReport> {
  const { fetch, vkey, witnesses = [], saved = [], known = [], samples = 20 } = input;
  const { predecessors = [], fetchPublication, onProgress } = input;
  const log = servedLog(fetch);
  const key = trusted(vkey, 'log');
  const cosigners = witnesses.map((witness) => trusted(witness, 'cosigner'));
  const { note, checkpoint, witnessed } = await readHead(log, key, cosigners);
  const heads: KnownHead[] = saved.map((kept) => openSaved(kept, key));
  for (const { size, knownFrom } of [...heads, ...known]) {
    if (size <= checkpoint.size) continue;
    throw knownFrom === undefined
      ? new Found('saved', `the log had ${size} entries when a checkpoint was saved, and now says ${checkpoint.size}`)
      : new Found('known', `${knownFrom} has ${size} entries of it, and now it says ${checkpoint.size}`);
  }
  if (checkpoint.successorVkey !== undefined) throw new Found('checkpoint', 'the log is closed and was not followed');
  const old = predecessors.flatMap((predecessor) => predecessor.heads);
  const { books, register, almanac, beginnings, prefixRoots } = await readAll(
    log,
    checkpoint,
    { demanded: [...heads, ...witnessed, ...known], others: old },
    onProgress,
  );
  const succeeded = predecessors.map((predecessor) => checkSuccession(predecessor, beginnings, prefixRoots));
  const village = key.name.split('/').at(-1)?.replace(/-\d+$/, '') ?? '';
  const publicationCount = fetchPublication ? await almanac.check(village, fetchPublication) : 0;
  const picked = pickSamples(checkpoint.size, samples);
  const receiptCount = await proveSamples(log, key, checkpoint, picked);
  const totals = books.totals();
  const seen = witnessed.map(({ witness, size, at }) => ({ name: witness, size, at }));
  const counts = { savedCount: heads.length, sampleCount: picked.length, receiptCount, publicationCount };
  return { checkpoint, note, witnessed: seen, ...counts, totals, registered: register.logs(), succeeded };
}

/** How often the checkpoint is read again because a witness was seen to be ahead of it. */
const HEAD_TRIES = 3;

/** A tree that the log must begin with, besides what it signs now. */
type KnownHead = Checkpoint & { witness?: string; knownFrom?: string };
type WitnessedHead = Checkpoint & { witness: string; at: Date };

/** The newest checkpoint, and for each witness the newest one that it has signed: this one, or one that the log keeps. */
async function readHead(log: ServedLog, key: TrustedKey, cosigners: readonly TrustedKey[]) {
  for (let attempt = 1; ; attempt += 1) {
    const note = await log.checkpoint();
    const checkpoint = open(note, key, [], 'checkpoint', 'the checkpoint', cosigners);
    const witnessed = await Promise.all(cosigners.map((cosigner) => readWitnessed(log, note, key, cosigner)));
    const ahead = witnessed.find(({ size }) => size > checkpoint.size);
    if (!ahead) return { note, checkpoint, witnessed };
    if (attempt === HEAD_TRIES) {
      throw new Found('checkpoint', `${ahead.witness} has signed ${ahead.size} entries, but the log shows fewer`);
    }
  }
}

async function readWitnessed(
  log: ServedLog,
  newest: string,
  key: TrustedKey,
  cosigner: TrustedKey,
): Promise<WitnessedHead> {
  const isOnNewest = openNote(newest, [cosigner])?.signers.includes(cosigner);
  const note = isOnNewest ? newest : ((await log.cosigned(cosigner.keyId.toString('hex'))) ?? newest);
  const head = open(note, key, [cosigner], 'checkpoint', `the checkpoint for ${cosigner.name}`);
  const seconds = openNote(note, [cosigner])?.times.get(cosigner) ?? 0;
  return { ...head, witness: cosigner.name, at: new Date(seconds * 1000) };
}

function trusted(vkey: string, kind: TrustedKey['kind']): TrustedKey {
  const key = parseVkey(vkey);
  if (key?.kind !== kind) throw new CannotCheck(`"${vkey}" is not the verifier key of a ${kind}`);
  return key;
}

/** A checkpoint with the signature of its log, for whoever must know it before an audit. */
export function openCheckpoint(note: string, key: TrustedKey, what: string): Checkpoint {
  return open(note, key, [], 'checkpoint', what);
}

function open(
  note: string,
  key: TrustedKey,
  cosigners: readonly TrustedKey[],
  step: 'checkpoint' | 'inclusion',
  what: string,
  /** They need not have signed; but if they did, it must hold. */
  alsoKnown: readonly TrustedKey[] = [],
): Checkpoint {
  const opened = openNote(note, [key, ...cosigners, ...alsoKnown]);
  if (!opened) throw new Found(step, `${what} is not a signed note`);
  if (opened.forged) throw new Found(step, `${what} carries a false signature of ${opened.forged.name}`);
  const missing = [key, ...cosigners].find((wanted) => !opened.signers.includes(wanted));
  if (missing) throw new Found(step, `${what} is not signed by ${missing.name} with the key that was given`);
  const checkpoint = parseCheckpoint(opened.text);
  if (checkpoint?.origin !== key.name) throw new Found(step, `${what} is not a checkpoint of ${key.name}`);
  return checkpoint;
}

/** A file that says nothing of this log is a fault of the folder, not of the log. */
function openSaved({ name, note }: { name: string; note: string }, key: TrustedKey): Checkpoint {
  try {
    return open(note, key, [], 'checkpoint', `the saved checkpoint ${name}`);
  } catch (error) {
    throw new CannotCheck((error as Error).message);
  }
}

/** Reads every entry and every tile once, in order, and keeps no more of them than the right edge of the tree. */
async function readAll(
  log: ServedLog,
  checkpoint: Checkpoint,
  { demanded, others }: { demanded: readonly KnownHead[]; others: readonly KnownHead[] },
  onProgress: AuditInput['onProgress'],
): Promise<Contents & { prefixRoots: ReadonlyMap<number, Buffer> }> {
  const { size, root } = checkpoint;
  const contents: Contents = { books: openBooks(), register: openRegister(), almanac: openAlmanac(), beginnings: [] };
  // Of everything that is wrong, what the signature speaks about counts first: a false tile or entry explains the rest.
  const wrong: { tile?: FalseTile; content?: Found | undefined } = {};
  const rows: Buffer[][] = [];
  const tree = new GrowingTree((height, _index, hash) => {
    if (height % 8 === 0) {
      const level = height / 8;
      const row = rows[level] ?? [];
      rows[level] = row;
      row.push(hash);
    }
  });
  const prefixRoots = new Map<number, Buffer>();
  const wanted = new Set([...demanded, ...others].map((head) => head.size));
  const keepRoot = () => {
    if (wanted.has(tree.size)) prefixRoots.set(tree.size, tree.root());
  };
  const compare = (level: number, index: number, served: Buffer) => {
    const ours = Buffer.concat(rows[level] ?? []);
    rows[level] = [];
    if (wrong.tile || served.equals(ours)) return;
    const place = Math.floor(served.findIndex((byte, at) => byte !== ours[at]) / HASH_BYTES);
    const path = `tile/${level}/${tilePath(index, widthOf(level, index, size))}`;
    wrong.tile = { path, entry: (index * TILE_WIDTH + place) * TILE_WIDTH ** level };
  };

  keepRoot();
  for (let index = 0; index * TILE_WIDTH < size; index += 1) {
    const [entries, tile] = await Promise.all([log.entries(index, size), log.tile(0, index, size)]);
    for (const entry of entries) {
      const place = tree.size;
      tree.add(leafHash(entry));
      keepRoot();
      wrong.content ??= contentFault(contents, entry, place);
    }
    compare(0, index, tile);
    // A tile above is complete as soon as the last tile below it is.
    for (let level = 1; tree.size % TILE_WIDTH ** (level + 1) === 0; level += 1) {
      const above = tree.size / TILE_WIDTH ** (level + 1) - 1;
      compare(level, above, await log.tile(level, above, size));
    }
    onProgress?.(tree.size, size);
  }
  for (let level = 1; TILE_WIDTH ** level <= size; level += 1) {
    const last = Math.floor(size / TILE_WIDTH ** (level + 1));
    if (widthOf(level, last, size) > 0) compare(level, last, await log.tile(level, last, size));
  }

  if (!tree.root().equals(root)) throw notSigned(wrong.tile);
  if (wrong.tile) throw falseTile(wrong.tile);
  for (const head of demanded) {
    if (!prefixRoots.get(head.size)?.equals(head.root)) {
      throw notContinued(head);
    }
  }
  if (wrong.content) throw wrong.content;
  return { ...contents, prefixRoots };
}

function notContinued({ size, witness, knownFrom }: KnownHead): Found {
  const claim = `the first ${size} entries are not the ones`;
  if (witness !== undefined) return new Found('checkpoint', `${claim} that ${witness} has signed`);
  if (knownFrom !== undefined) return new Found('known', `${claim} of ${knownFrom}`);
  return new Found('saved', `${claim} of the checkpoint that was saved then`);
}

/** The log that goes on names the closed one back, and begins with all that was not lost of it. */
function checkSuccession(
  { checkpoint, vkey, successorVkey, heads }: Predecessor,
  beginnings: Contents['beginnings'],
  prefixRoots: ReadonlyMap<number, Buffer>,
): Succession {
  const { origin, size, root } = checkpoint;
  const named = beginnings.find(({ leaf }) => leaf.successor === successorVkey);
  if (!named) throw new Found('succession', `${origin} was closed for this log, but no entry of it says so`);
  const { leaf, index } = named;
  if (leaf.origin !== origin || leaf.vkey !== vkey || leaf.size !== size || leaf.root !== root.toString('base64')) {
    throw new Found('succession', `it says something else of ${origin} than that log's last word`, index);
  }
  for (const head of heads) {
    if (head.size <= index && !prefixRoots.get(head.size)?.equals(head.root)) {
      throw new Found(
        'succession',
        `the first ${head.size} entries are not the ones of ${origin} that ${head.knownFrom} has`,
      );
    }
  }
  return { origin, size, entry: index };
}

interface FalseTile {
  path: string;
  /** The first entry below the first hash that is not ours. */
  entry: number;
}

function notSigned(tile: FalseTile | undefined): Found {
  return tile
    ? new Found('entries', `its bytes are not the ones that were signed (${tile.path} says another hash)`, tile.entry)
    : new Found('root', 'entries and tiles agree with each other, but not with the root that was signed');
}

function falseTile({ path, entry }: FalseTile): Found {
  return new Found('tiles', `${path} says another hash than the signed bytes have`, entry);
}

/** What the entries say, in whatever they are needed for. */
interface Contents {
  books: Books;
  register: Register;
  almanac: Almanac;
  /** The entries that name a log which was closed. */
  beginnings: { leaf: Leaf; index: number }[];
}

/** A county's log is known by its first entry: where that is a checkpoint, all are. */
function contentFault(
  { books, register, almanac, beginnings }: Contents,
  entry: Buffer,
  index: number,
): Found | undefined {
  try {
    const leaf = parseLeaf(entry, index);
    if (leaf.type === 'log.begin') beginnings.push({ leaf, index });
    const isCounty = index === 0 ? leaf.type === 'log.checkpoint' : register.logs().length > 0;
    if (isCounty) {
      register.enter(leaf, index);
    } else {
      books.enter(leaf, index);
      almanac.enter(leaf, index);
    }
    return undefined;
  } catch (error) {
    if (error instanceof Found) return error;
    throw error;
  }
}

function pickSamples(size: number, count: number): number[] {
  if (size === 0) return [];
  const drawn = Array.from({ length: count }, () => Math.floor(Math.random() * size));
  return [...new Set([0, size - 1, ...drawn])].sort((left, right) => left - right);
}

/** Each sample is fetched again and proved by the tiles alone, and by its receipt where the log hands them out. */
async function proveSamples(
  log: ServedLog,
  key: TrustedKey,
  { size, root }: Checkpoint,
  samples: readonly number[],
): Promise<number> {
  const subtree = subtreeOf(log, size);
  let receiptCount = 0;
  for (const index of samples) {
    const bundle = await log.entries(Math.floor(index / TILE_WIDTH), size);
    const entry = bundle[index % TILE_WIDTH] ?? Buffer.alloc(0);
    const proof = await buildProof(index, size, subtree);
    if (!rootOfProof(leafHash(entry), index, size, proof)?.equals(root)) {
      throw new Found('inclusion', 'no proof leads from it to the signed root', index);
    }
    const receipt = await log.receipt(index);
    if (receipt !== null) {
      checkReceipt(receipt, key, { index, entry, size, root });
      receiptCount += 1;
    }
  }
  return receiptCount;
}

/** A C2SP tlog-proof, as a villager may have kept one. */
function checkReceipt(
  receipt: string,
  key: TrustedKey,
  wanted: { index: number; entry: Buffer; size: number; root: Buffer },
): void {
  const wrong = (what: string) => new Found('inclusion', `its receipt ${what}`, wanted.index);
  const [, extra, index, hashes = '', note = ''] =
    /^c2sp\.org\/tlog-proof@v1\n(?:extra ([A-Za-z0-9+/]*={0,2})\n)?index (0|[1-9]\d*)\n((?:[A-Za-z0-9+/]{43}=\n)*)\n([\s\S]*)$/.exec(
      receipt,
    ) ?? [];
  if (Number(index ?? -1) !== wanted.index) throw wrong('is no tlog-proof of this entry');
  if (extra !== undefined && !Buffer.from(extra, 'base64').equals(wanted.entry)) throw wrong('carries other bytes');
  const { size, root } = open(note, key, [], 'inclusion', `the receipt of entry ${wanted.index}`);
  if (size === wanted.size && !root.equals(wanted.root)) throw wrong('shows another tree of the same size');
  const proof = hashes
    .split('\n')
    .slice(0, -1)
    .map((hash) => Buffer.from(hash, 'base64'));
  if (!rootOfProof(leafHash(wanted.entry), wanted.index, size, proof)?.equals(root)) {
    throw wrong('does not lead to the signed root');
  }
}
