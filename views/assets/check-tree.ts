/** RFC 6962 with the browser's own SHA-256: inclusion of a leaf, and one tree as the beginning of another. */
import type { Bytes, TreeHead } from './check-receipt.ts';

/** Answers the bytes of `0/000.p/7`; empty when the log says that there is none. */
export type ReadTile = (path: string) => Promise<Bytes>;

const HASH_BYTES = 32;
const TILE_WIDTH = 256;

export function leafHash(entry: Bytes): Promise<Bytes> {
  return sha256([0], entry);
}

export async function includes(leaf: Bytes, index: number, head: TreeHead, proof: readonly Bytes[]): Promise<boolean> {
  const rest = [...proof];
  const climb = async (at: number, leaves: number): Promise<Bytes> => {
    if (leaves === 1) return leaf;
    const split = splitOf(leaves);
    const sibling = rest.pop() ?? leaf;
    return at < split
      ? nodeHash(await climb(at, split), sibling)
      : nodeHash(sibling, await climb(at - split, leaves - split));
  };
  return index < head.size && same(await climb(index, head.size), head.root) && rest.length === 0;
}

/**
 * Both roots are put together from the same subtrees of the larger tree: the smaller tree's own parts, and what stands to
 * their right. Only if both come out does the larger tree begin with the smaller one.
 */
export async function consistent(smaller: TreeHead, larger: TreeHead, read: ReadTile): Promise<boolean> {
  if (smaller.size === larger.size) return same(smaller.root, larger.root);
  if (smaller.size === 0) return true;
  const tiles = new Map<string, Promise<Bytes>>();
  const readOnce = (path: string) => {
    const tile = tiles.get(path) ?? read(path);
    tiles.set(path, tile);
    return tile;
  };
  const subtree = (start: number, leaves: number) => perfectRoot(start, leaves, larger.size, readOnce);

  const build = async (start: number, leaves: number): Promise<{ old: Bytes | null; all: Bytes }> => {
    const isPerfect = Number.isInteger(Math.log2(leaves));
    const end = start + leaves;
    if (isPerfect && (end <= smaller.size || start >= smaller.size)) {
      const all = await subtree(start, leaves);
      return { old: end <= smaller.size ? all : null, all };
    }
    const split = splitOf(leaves);
    const left = await build(start, split);
    const right = await build(start + split, leaves - split);
    const all = await nodeHash(left.all, right.all);
    const old = left.old && right.old ? await nodeHash(left.old, right.old) : left.old;
    return { old, all };
  };
  const { old, all } = await build(0, larger.size);
  return old !== null && same(old, smaller.root) && same(all, larger.root);
}

/** The root of a perfect subtree, whose hashes lie in one tile of the larger tree. */
async function perfectRoot(start: number, leaves: number, size: number, read: ReadTile): Promise<Bytes> {
  const level = Math.floor(Math.log2(leaves) / 8);
  const span = TILE_WIDTH ** level;
  const index = Math.floor(start / span / TILE_WIDTH);
  const width = Math.min(TILE_WIDTH, Math.floor(size / span) - index * TILE_WIDTH);
  const tile = await read(`${level}/${tilePath(index, width)}`);
  const from = ((start / span) % TILE_WIDTH) * HASH_BYTES;
  let row = Array.from({ length: leaves / span }, (_, place) =>
    tile.slice(from + place * HASH_BYTES, from + (place + 1) * HASH_BYTES),
  );
  while (row.length > 1) {
    row = await Promise.all(
      row.filter((_, place) => place % 2 === 0).map((left, pair) => nodeHash(left, row[pair * 2 + 1] ?? left)),
    );
  }
  return row[0] ?? new Uint8Array();
}

function tilePath(index: number, width: number): string {
  const groups = (
    String(index)
      .padStart(Math.ceil(String(index).length / 3) * 3, '0')
      .match(/\d{3}/g) ?? []
  ).join('/x');
  const last = groups.lastIndexOf('/x');
  const path = last === -1 ? groups : `x${groups.slice(0, last)}/${groups.slice(last + 2)}`;
  return width === TILE_WIDTH ? path : `${path}.p/${width}`;
}

function nodeHash(left: Bytes, right: Bytes): Promise<Bytes> {
  return sha256([1], left, right);
}

async function sha256(...parts: ArrayLike<number>[]): Promise<Bytes> {
  const input = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    input.set(part, at);
    at += part.length;
  }
  return new Uint8Array(await crypto.subtle.digest('SHA-256', input));
}

function same(left: Bytes, right: Bytes): boolean {
  return left.length === right.length && left.every((byte, at) => byte === right[at]);
}

/** The largest power of two below a number of leaves. */
function splitOf(leaves: number): number {
  let split = 1;
  while (split * 2 < leaves) split *= 2;
  return split;
}
