/** A log as its server shows it: C2SP tlog-tiles under one address. */
import { CannotCheck, Found, type Step } from './finding.ts';
import { HASH_BYTES, rowRoot, TILE_WIDTH } from './merkle.ts';

/** Answers a resource below the log's address; null when the server says that it is not there. */
export type Fetch = (path: string) => Promise<Buffer | null>;

export interface ServedLog {
  checkpoint(): Promise<string>;
  /** The newest checkpoint that a witness has signed; null when the log keeps none. */
  cosigned(keyId: string): Promise<string | null>;
  /** The exact bytes of the entries of a bundle. */
  entries(index: number, size: number): Promise<Buffer[]>;
  /** The hashes of a tile as it stands in a tree of `size`. */
  tile(level: number, index: number, size: number): Promise<Buffer>;
  /** Null when this log hands out no receipts. */
  receipt(index: number): Promise<string | null>;
}

export function servedLog(fetch: Fetch): ServedLog {
  const demand = async (path: string, step: Step) => {
    const body = await fetch(path);
    if (!body) throw new Found(step, `${path} is not there, although the checkpoint covers it`);
    return body;
  };
  return {
    checkpoint: async () => {
      const body = await fetch('checkpoint');
      if (!body) throw new CannotCheck('there is no checkpoint at this address');
      return body.toString('utf8');
    },
    cosigned: async (keyId) => (await fetch(`cosigned/${keyId}`))?.toString('utf8') ?? null,
    entries: async (index, size) => {
      const width = widthOf(0, index, size);
      const path = `tile/entries/${tilePath(index, width)}`;
      const entries = splitBundle(await demand(path, 'entries'));
      if (entries?.length !== width) throw new Found('entries', `${path} is not a bundle of ${width} entries`);
      return entries;
    },
    tile: async (level, index, size) => {
      const width = widthOf(level, index, size);
      const path = `tile/${level}/${tilePath(index, width)}`;
      const hashes = await demand(path, 'tiles');
      if (hashes.length !== width * HASH_BYTES) throw new Found('tiles', `${path} does not hold ${width} hashes`);
      return hashes;
    },
    receipt: async (index) => (await fetch(`receipt/${index}`))?.toString('utf8') ?? null,
  };
}

/** The hash of a perfect subtree, read from the one tile that holds it. */
export function subtreeOf(log: ServedLog, size: number): (height: number, index: number) => Promise<Buffer> {
  const tiles = new Map<string, Promise<Buffer>>();
  const tile = (level: number, index: number) => {
    const key = `${level}/${index}`;
    const known = tiles.get(key) ?? log.tile(level, index, size);
    tiles.set(key, known);
    return known;
  };
  return async (height, index) => {
    const level = Math.floor(height / 8);
    const count = 2 ** (height % 8);
    const first = index * count;
    const hashes = await tile(level, Math.floor(first / TILE_WIDTH));
    const from = (first % TILE_WIDTH) * HASH_BYTES;
    return rowRoot(hashes.subarray(from, from + count * HASH_BYTES));
  };
}

export function widthOf(level: number, index: number, size: number): number {
  return Math.min(TILE_WIDTH, Math.floor(size / TILE_WIDTH ** level) - index * TILE_WIDTH);
}

/** `x001/x234/067`, with `.p/<width>` for a tile that is not full. */
export function tilePath(index: number, width: number): string {
  let path = String(index % 1000).padStart(3, '0');
  for (let rest = Math.floor(index / 1000); rest > 0; rest = Math.floor(rest / 1000)) {
    path = `x${String(rest % 1000).padStart(3, '0')}/${path}`;
  }
  return width === TILE_WIDTH ? path : `${path}.p/${width}`;
}

function splitBundle(bundle: Buffer): Buffer[] | null {
  const entries: Buffer[] = [];
  let at = 0;
  while (at < bundle.length) {
    if (at + 2 > bundle.length) return null;
    const end = at + 2 + bundle.readUInt16BE(at);
    if (end > bundle.length) return null;
    entries.push(bundle.subarray(at + 2, end));
    at = end;
  }
  return entries;
}
